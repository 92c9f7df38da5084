/** The RFM group (rules/rfm.ts) and its scores, by the shop's thresholds of the day. */
import { z } from 'zod';
import { timestampArray } from '#app/lib/pg-arrays.ts';
import { RFM_GRID, RFM_GROUPS, rfmGroup, rfmScores, type RfmGroup, type RfmScores } from '../../rules/rfm.ts';
import { defineCondition, type SqlContext } from '../condition.ts';
import { choiceValues } from '../kinds/choice.ts';
import { numberCondition } from '../kinds/number.ts';

/** One of a customer's scores; NULL without an order, and in a shop without thresholds. */
function scoreSql(score: keyof RfmScores, { put, moment: { rfm } }: SqlContext): string {
  if (rfm === null) return 'NULL::int';
  const buckets = {
    recency: () => `width_bucket(s.last_order_at, ${put(timestampArray(rfm.recency), 'timestamptz[]')})`,
    frequency: () =>
      `width_bucket(s.orders_valid::bigint, ${put(`{${rfm.frequency.join(',')}}`, 'bigint[]')})`,
    money: () => `width_bucket(s.spend_minor, ${put(`{${rfm.money.join(',')}}`, 'bigint[]')})`,
  };
  return `(CASE WHEN s.orders_valid > 0 THEN 1 + ${buckets[score]()} END)`;
}

/** A group is a part of the grid; its recency is a range of last orders, which an index serves. */
function groupSql(group: RfmGroup, context: SqlContext): string {
  if (group === 'prospects') return '(s.orders_valid = 0)';
  const { put, moment } = context;
  const cell = RFM_GRID.find((one) => one.group === group);
  if (moment.rfm === null || cell === undefined) return 'false';
  const [from, until] = [moment.rfm.recency[cell.recency[0] - 2], moment.rfm.recency[cell.recency[1] - 1]];
  const parts = [
    's.orders_valid > 0',
    ...(from === undefined ? [] : [`s.last_order_at >= ${put(from, 'timestamptz')}`]),
    ...(until === undefined ? [] : [`s.last_order_at < ${put(until, 'timestamptz')}`]),
    `${scoreSql('frequency', context)} + ${scoreSql('money', context)} BETWEEN ${cell.worth[0]} AND ${cell.worth[1]}`,
  ];
  return `(${parts.join(' AND ')})`;
}

/** One of Shopify's eleven RFM groups. A customer who ordered has none while the shop has no thresholds. */
export const rfmGroupCondition = defineCondition('rfm_group', {
  family: 'orders',
  kind: { name: 'choice', choices: { from: 'list', list: RFM_GROUPS }, canBeEmpty: true },
  values: choiceValues(z.enum(RFM_GROUPS)),
  sql(values, context) {
    const groups = RFM_GROUPS.filter((group) => !('list' in values) || values.list.includes(group));
    const isOne = `(${groups.map((group) => groupSql(group, context)).join(' OR ')})`;
    return values.op === 'anyOf' || values.op === 'isSet' ? isOne : `${isOne} IS NOT TRUE`;
  },
  evaluate(values, customer, moment) {
    const group = rfmGroup(customer, moment.rfm);
    if (!('list' in values)) return (group !== null) === (values.op === 'isSet');
    return (group !== null && values.list.includes(group)) === (values.op === 'anyOf');
  },
  show(customer, moment) {
    const group = rfmGroup(customer, moment.rfm);
    return group === null ? { is: 'nothing' } : { is: 'texts', texts: [group] };
  },
});

function scoreCondition<C extends string>(code: C, score: keyof RfmScores) {
  return numberCondition(code, {
    family: 'orders',
    measure: 'count',
    canBeEmpty: true,
    expression: (context) => scoreSql(score, context),
    read(customer, { rfm }) {
      const scores = rfmScores(customer, rfm);
      return scores && BigInt(scores[score]);
    },
  });
}

/** From 1 to 5: the last fifth of the shop's customers with an order have 5. */
export const rfmRecency = scoreCondition('rfm_recency', 'recency');
export const rfmFrequency = scoreCondition('rfm_frequency', 'frequency');
export const rfmMoney = scoreCondition('rfm_money', 'money');
