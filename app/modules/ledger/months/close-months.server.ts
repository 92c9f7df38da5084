/**
 * Keeps the sums of months that are over, so that reports need not add up years of entries. An entry belongs to the
 * month in which it was created, by the database's clock (`created_at`), in the shop's time zone.
 */
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { localDay, startOfDay } from '#app/lib/calendar-days.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { nextMonth } from '../rules/month-sums.ts';

/** A transaction that began before a month's end may commit after it: so long is waited for it. */
const GRACE_MS = 3_600_000;

interface ShopMonth {
  shopId: bigint;
  month: string;
  startsAt: Date;
  endsAt: Date;
}

/** Closes every month of every shop that ended at least an hour ago. Returns how many; it may stop after any of them. */
export async function closeMonths(signal?: AbortSignal): Promise<number> {
  const { rows: shops } = await pool.query<{ shopId: bigint; timeZone: string }>(
    `SELECT shop_id AS "shopId", time_zone AS "timeZone" FROM shops s
     WHERE EXISTS (SELECT 1 FROM ledger_entries e WHERE e.shop_id = s.shop_id) ORDER BY shop_id`,
  );
  const closeShop = async ({ shopId, timeZone }: (typeof shops)[number]): Promise<number> => {
    let closed = 0;
    while (!signal?.aborted) {
      const due = await nextDue(shopId, timeZone);
      if (!due) break;
      if (await withTransaction((tx) => close(tx, due))) closed += 1;
    }
    return closed;
  };
  return forEachShop('close-months', shops, closeShop, { signal });
}

/** The first month that is over and not kept; months follow each other without a gap, also when the zone changes. */
async function nextDue(shopId: bigint, timeZone: string): Promise<ShopMonth | null> {
  const { rows } = await pool.query<{
    now: Date;
    month: string | null;
    endsAt: Date | null;
    first: Date | null;
  }>(
    `SELECT clock_timestamp() AS now, to_char(c.month, 'YYYY-MM-DD') AS month, c.ends_at AS "endsAt", CASE WHEN c.month IS NULL THEN least(
       (SELECT min(created_at) FROM ledger_entries WHERE shop_id = $1 AND unit = 'POINTS'),
       (SELECT min(created_at) FROM ledger_entries WHERE shop_id = $1 AND unit = 'CREDIT')) END AS first
     FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT month, ends_at FROM ledger_closings WHERE shop_id = $1 ORDER BY month DESC LIMIT 1) c ON true`,
    [shopId],
  );
  const [row] = rows;
  if (!row) return null;
  const { now, first } = row;
  const month =
    row.month === null ? first && `${localDay(first, timeZone).slice(0, 7)}-01` : nextMonth(row.month);
  if (month === null) return null;
  const endsAt = startOfDay(nextMonth(month), timeZone);
  if (now.getTime() < endsAt.getTime() + GRACE_MS) return null;
  return { shopId, month, startsAt: row.endsAt ?? startOfDay(month, timeZone), endsAt };
}

async function close(tx: Transaction, month: ShopMonth): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO ledger_closings (shop_id, month, starts_at, ends_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [month.shopId, month.month, month.startsAt, month.endsAt],
  );
  // Another worker was quicker: it has waited for the same end.
  if (rowCount === 0) return false;
  await tx.query(KEEP_SUMS, [month.shopId, month.month, month.startsAt, month.endsAt]);
  const pending = await pendingAt(tx, month.shopId, month.endsAt);
  await tx.query(
    `UPDATE ledger_closings SET pending_points = $3, pending_credit = $4 WHERE shop_id = $1 AND month = $2`,
    [month.shopId, month.month, pending.POINTS, pending.CREDIT],
  );
  return true;
}

/** Both units by name: then the index on (shop, unit, moment) is read only where it counts. */
const KEEP_SUMS = `INSERT INTO ledger_months (shop_id, month, unit, kind, amount, entries)
  SELECT shop_id, $2::date, unit, kind, sum(amount), count(*) FROM ledger_entries
  WHERE shop_id = $1 AND unit IN ('POINTS', 'CREDIT') AND created_at >= $3 AND created_at < $4 GROUP BY shop_id, unit, kind`;

/** What was earned before a moment and not yet valid at it, less what had been taken from it by then. */
async function pendingAt(
  db: Queryable,
  shopId: bigint,
  timestamp: Date,
): Promise<{ POINTS: bigint; CREDIT: bigint }> {
  const { rows } = await db.query<{ unit: 'POINTS' | 'CREDIT'; pending: bigint }>(
    `SELECT l.unit, sum(l.amount - coalesce(t.taken, 0))::bigint AS pending
     FROM ledger_lots l JOIN ledger_entries e USING (shop_id, entry_id)
       LEFT JOIN LATERAL (SELECT sum(c.amount) AS taken FROM ledger_consumptions c
         JOIN ledger_entries s ON s.shop_id = c.shop_id AND s.entry_id = c.spend_entry
         WHERE c.shop_id = l.shop_id AND c.lot_entry = l.entry_id AND s.created_at < $2) t ON true
     WHERE l.shop_id = $1 AND l.valid_from > $2 AND e.created_at < $2 GROUP BY l.unit`,
    [shopId, timestamp],
  );
  const of = (unit: string) => rows.find((row) => row.unit === unit)?.pending ?? 0n;
  return { POINTS: of('POINTS'), CREDIT: of('CREDIT') };
}
