/** What undoing a backfill would take, told before it is done. */
import { pool } from '#app/db.server.ts';
import { ORDER_RULE_KINDS } from '#app/modules/ledger/rules/posting-types.ts';
import { isUnit, type Unit } from '#app/lib/units.ts';
import type { BackfillKey } from './backfill-rows.server.ts';

export interface UndoFigures {
  unit: Unit;
  customers: number;
  /** What is taken back in all. */
  amount: bigint;
  /** Of that: spent already, taken from what the customer has besides where the club's policy says so. */
  spent: bigint;
  /** What has been spent: owed or written off, by the club's policy. */
  missing: bigint;
}

/** Per order what it gave and what of that is left or was let expire; per account what other value there is. */
const FIGURES = `
  WITH given AS (
    SELECT e.order_id, e.customer_id, e.unit, sum(e.amount) AS amount
    FROM orders o JOIN ledger_entries e ON e.shop_id = o.shop_id AND e.order_id = o.order_id
    WHERE o.shop_id = $1 AND o.backfill_id = $2 AND e.kind = ANY($3) AND e.rule IS NOT NULL
    GROUP BY 1, 2, 3 HAVING sum(e.amount) > 0),
  own AS (
    SELECT g.order_id, g.customer_id, g.unit, g.amount, least(g.amount, coalesce(sum(l.remaining), 0)) AS remaining,
      coalesce(sum(x.expired), 0) AS expired
    FROM given g LEFT JOIN ledger_lots l ON l.shop_id = $1 AND l.order_id = g.order_id AND l.customer_id = g.customer_id AND l.unit = g.unit
      LEFT JOIN LATERAL (SELECT sum(c.amount - c.restored) AS expired FROM ledger_consumptions c
        JOIN ledger_entries s ON s.shop_id = c.shop_id AND s.entry_id = c.spend_entry AND s.kind = 'expire' AND s.amount < 0
        WHERE c.shop_id = $1 AND c.lot_entry = l.entry_id) x ON true
    GROUP BY 1, 2, 3, 4),
  account AS (
    SELECT customer_id, unit, sum(amount) AS amount, sum(remaining) AS remaining,
      sum(greatest(0, amount - remaining - expired)) AS spent
    FROM own GROUP BY 1, 2),
  covered AS (
    SELECT a.*, CASE WHEN s.refund_takes_from_all_lots THEN greatest(0, (SELECT coalesce(sum(l.remaining), 0) FROM ledger_lots l
      WHERE l.shop_id = $1 AND l.customer_id = a.customer_id AND l.unit = a.unit) - a.remaining) ELSE 0 END AS besides
    FROM account a JOIN club_settings s ON s.shop_id = $1)
  SELECT unit, count(*)::int AS customers, sum(amount)::bigint AS amount, sum(spent)::bigint AS spent,
    sum(greatest(0, spent - besides))::bigint AS missing
  FROM covered GROUP BY unit ORDER BY unit DESC`;

/** The figures of each unit in which the backfill gave something. */
export async function readUndoFigures({ shopId, backfillId }: BackfillKey): Promise<UndoFigures[]> {
  const { rows } = await pool.query<Omit<UndoFigures, 'unit'> & { unit: string }>(FIGURES, [
    shopId,
    backfillId,
    ORDER_RULE_KINDS,
  ]);
  return rows.flatMap(({ unit, ...figures }) => (isUnit(unit) ? [{ unit, ...figures }] : []));
}
