/** A shop's entries added up by month, unit and kind: kept sums of months that are over, and the rest as it is now. */
import { pool } from '#app/db.server.ts';
import type { MonthSum } from '../rules/month-sums.ts';

/** Where the kept months end: their last one, and the moment from which entries are added up as they are. */
export interface KeptUntil {
  month: string | null;
  endsAt: Date | null;
}

/** Until where a shop's months are kept. */
export async function readKeptUntil(shopId: bigint): Promise<KeptUntil> {
  const { rows } = await pool.query<{ month: string; endsAt: Date }>(
    `SELECT to_char(month, 'YYYY-MM-DD') AS month, ends_at AS "endsAt" FROM ledger_closings WHERE shop_id = $1 ORDER BY month DESC LIMIT 1`,
    [shopId],
  );
  return rows[0] ?? { month: null, endsAt: null };
}

/**
 * All sums of a shop. A month that is closed meanwhile counts once: only the months up to `until` are taken as kept. An
 * open month's name is never that of a kept one, also after the shop moved to another time zone.
 */
export async function readMonthSums(shopId: bigint, timeZone: string): Promise<MonthSum[]> {
  const until = await readKeptUntil(shopId);
  const { rows } = await pool.query<MonthSum>(
    `SELECT to_char(month, 'YYYY-MM-DD') AS month, unit, kind, amount FROM ledger_months WHERE shop_id = $1 AND month <= $2
     UNION ALL
     SELECT to_char(greatest(date_trunc('month', created_at AT TIME ZONE $4)::date, ($2::date + interval '1 month')::date), 'YYYY-MM-DD'),
       unit, kind, sum(amount)::bigint
     FROM ledger_entries WHERE shop_id = $1 AND unit IN ('POINTS', 'CREDIT') AND created_at >= $3 GROUP BY 1, 2, 3`,
    [shopId, until.month, until.endsAt ?? '-infinity', timeZone],
  );
  return rows;
}

/** What the kept months of shop $1 must be: one pass over its entries, whose months follow each other without a gap. */
export const ENTRIES_OF_KEPT_MONTHS = `SELECT c.month, e.unit, e.kind, sum(e.amount)::bigint AS amount, count(*)::int AS entries
  FROM ledger_entries e
    CROSS JOIN (SELECT array_agg(starts_at ORDER BY month) || max(ends_at) AS edges FROM ledger_closings WHERE shop_id = $1) t
    JOIN (SELECT month, row_number() OVER (ORDER BY month) AS bucket FROM ledger_closings WHERE shop_id = $1) c
      ON c.bucket = width_bucket(e.created_at, t.edges)
  WHERE e.shop_id = $1 GROUP BY c.month, e.unit, e.kind`;
