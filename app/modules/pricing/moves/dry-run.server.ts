/** Whom a rule would move now: how many, and the first of them by name. */
import { ledgerNow, pool } from '#app/db.server.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { IS_VALID, ORDERS_OF } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { MEASURED, periodStart } from './measure-people.server.ts';
import type { StoredMoveRule } from './move-rules.server.ts';

export interface MovingPerson extends CustomerLine {
  measured: bigint;
}

export interface MovingPeople {
  count: number;
  /** At most `PEOPLE_SHOWN`. */
  people: MovingPerson[];
}

export interface DryRun {
  on: MovingPeople;
  /** Those whom it moved and who no longer reach it; none for a rule that doesn't take back. */
  back: MovingPeople;
}

export const PEOPLE_SHOWN = 10;

/** $3: the first moment of the period, $4: since when the rule is on; a choice after that starts the count again. */
const SINCE = `greatest($3::timestamptz, CASE WHEN c.category_set_at > $4::timestamptz THEN c.category_set_at END)`;
const IS_THERE = `c.shop_id = $1 AND c.state = 'active' AND c.merged_into IS NULL`;

/** In the rule's category, and reaching its threshold. */
const on = (measure: StoredMoveRule['measure']) => `
  WITH k AS (SELECT c.shop_id, c.customer_id, ${SINCE} AS since FROM customers c JOIN categories g ON g.shop_id = c.shop_id AND g.category_id = $2
     WHERE ${IS_THERE} AND (c.category_id = $2 OR c.category_id IS NULL AND g.is_default))
  SELECT k.customer_id, (${MEASURED[measure]})::bigint AS measured
   FROM k JOIN LATERAL ${ORDERS_OF} o ON o.processed_at >= coalesce(k.since, '-infinity') AND ${IS_VALID}
  GROUP BY 1 HAVING ${MEASURED[measure]} >= $5::bigint`;

/** Moved by the rule, and no longer reaching it. */
const back = (measure: StoredMoveRule['measure']) => `
  WITH k AS (SELECT c.shop_id, c.customer_id, ${SINCE} AS since FROM customers c
     WHERE ${IS_THERE} AND c.category_rule_id = $2)
  SELECT k.customer_id, (CASE WHEN count(o.order_id) = 0 THEN 0 ELSE ${MEASURED[measure]} END)::bigint AS measured
   FROM k LEFT JOIN LATERAL ${ORDERS_OF} o ON o.processed_at >= coalesce(k.since, '-infinity') AND ${IS_VALID}
  GROUP BY 1 HAVING CASE WHEN count(o.order_id) = 0 THEN 0 ELSE ${MEASURED[measure]} END < $5::bigint`;

const named = (moving: string) => `
  SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone, m.measured, m.total
  FROM (SELECT *, count(*) OVER ()::int AS total FROM (${moving}) m ORDER BY measured DESC, customer_id LIMIT ${PEOPLE_SHOWN}) m
    JOIN customers c ON c.shop_id = $1 AND c.customer_id = m.customer_id ORDER BY m.measured DESC, m.customer_id`;

/** Tries a rule as it is saved, on or off. Nothing is changed. */
export async function tryRule(shopId: bigint, rule: StoredMoveRule): Promise<DryRun> {
  const since = periodStart(rule.days, await ledgerNow(pool));
  const list = async (sql: string, id: bigint): Promise<MovingPeople> => {
    const { rows } = await pool.query<MovingPerson & { total: number }>(named(sql), [
      shopId,
      id,
      since,
      rule.isActive ? rule.activeSince : null,
      rule.threshold,
    ]);
    return { count: rows[0]?.total ?? 0, people: rows.map(({ total: _total, ...person }) => person) };
  };
  const none = { count: 0, people: [] };
  const [forth, backwards] = await Promise.all([
    list(on(rule.measure), rule.fromId),
    rule.goesBack ? list(back(rule.measure), rule.ruleId) : none,
  ]);
  return { on: forth, back: backwards };
}
