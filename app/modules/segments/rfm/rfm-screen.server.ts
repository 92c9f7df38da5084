/** The screen of RFM groups: how many customers each has and what they spent. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { EVERYBODY } from '../customer-filter.ts';
import { compileFilter } from '../filter-sql.server.ts';
import { RFM_CUSTOMERS_MIN, RFM_GROUPS, type RfmGroup } from '../rules/rfm.ts';
import { computeThresholds } from './compute-rfm.server.ts';

export interface RfmGroupFigures {
  group: RfmGroup;
  customers: number;
  orders: bigint;
  /** Of valid orders, net of refunds, in minor units of the shop's currency. */
  spendMinor: bigint;
  /** Days since the last order, on average; null for those who never ordered. */
  daysSinceOrder: number | null;
}

export interface RfmView {
  /** Each of the eleven, in their order. */
  groups: RfmGroupFigures[];
  /** From where on the scores 2 to 5 count; empty without enough customers. */
  thresholds: { recency: Date; orders: number; spendMinor: bigint }[];
  computedAt: Date | null;
  /** Customers with an order, if they are too few for groups. */
  tooFew: number | null;
}

interface Thresholds {
  customers: number;
  recency: Date[];
  frequency: number[];
  money: bigint[];
  computedAt: Date;
}

const THRESHOLDS = `
  SELECT customers, recency_from AS recency, frequency_from AS frequency, money_from AS money, computed_at AS "computedAt"
  FROM rfm_thresholds WHERE shop_id = $1`;

/** Reads the groups of all customers. Thresholds that were never computed are asked for. */
export async function readRfmScreen(shopId: bigint): Promise<RfmView> {
  const [{ rows }, groups] = await Promise.all([
    pool.query<Thresholds>(THRESHOLDS, [shopId]),
    readGroups(shopId),
  ]);
  const [stored] = rows;
  if (!stored) {
    await wakeTask(pool, 'compute-rfm');
    return { groups, thresholds: [], computedAt: null, tooFew: null };
  }
  const isEnough = stored.customers >= RFM_CUSTOMERS_MIN;
  const thresholds = stored.recency.map((recency, index) => ({
    recency,
    orders: stored.frequency[index] ?? 0,
    spendMinor: stored.money[index] ?? 0n,
  }));
  return {
    groups,
    thresholds: isEnough ? thresholds : [],
    computedAt: stored.computedAt,
    tooFew: isEnough ? null : stored.customers,
  };
}

async function readGroups(shopId: bigint): Promise<RfmGroupFigures[]> {
  const { where, parameters, compile } = await compileFilter(pool, shopId, EVERYBODY);
  const cases = RFM_GROUPS.map((group) => {
    const isOne = compile({ kind: 'condition', code: 'rfm_group', values: { op: 'anyOf', list: [group] } });
    return `WHEN ${isOne} THEN '${group}'`;
  });
  const { rows } = await pool.query<RfmGroupFigures>(
    `SELECT g.key AS group, count(*)::int AS customers, sum(g.orders_valid)::bigint AS orders, sum(g.spend_minor)::bigint AS "spendMinor",
       round(avg(extract(epoch FROM (SELECT ledger_now()) - g.last_order_at) / 86400))::int AS "daysSinceOrder"
     FROM (SELECT CASE ${cases.join(' ')} END AS key, s.orders_valid, s.spend_minor, s.last_order_at
       FROM customer_stats s WHERE ${where}) g
     WHERE g.key IS NOT NULL GROUP BY 1`,
    parameters,
  );
  return RFM_GROUPS.map(
    (group) =>
      rows.find((row) => row.group === group) ?? {
        group,
        customers: 0,
        orders: 0n,
        spendMinor: 0n,
        daysSinceOrder: null,
      },
  );
}

export type RfmAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const formSchema = z.object({ intent: z.literal('compute') });

/** Computes the scores again now, as the screen's button asks. */
export async function actOnRfm(shopId: bigint, values: Record<string, unknown>): Promise<RfmAnswer> {
  if (!formSchema.safeParse(values).success) return { ok: false, errors: { form: { code: 'invalid' } } };
  await computeThresholds(pool, shopId);
  return { ok: true };
}
