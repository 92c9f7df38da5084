/** The job: counts every stored segment each hour, so that each day of a shop keeps its last count. */
import { pool } from '#app/db.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { storeCount } from './store-count.server.ts';

/** Less than the hour of the timetable, so that each run counts; a shop that failed is caught up on before. */
const IS_DUE = `(counted_at IS NULL OR counted_at < ledger_now() - interval '50 minutes')`;
/** Beyond a year of daily counts nothing is shown. */
const STORED_DAYS = 400;

/** Counts what is due. Returns how many segments. */
export async function countSegments(signal: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT DISTINCT shop_id AS "shopId" FROM segments WHERE ${IS_DUE} ORDER BY 1`,
  );
  return forEachShop('count-segments', rows, ({ shopId }) => countOfShop(shopId, signal), { signal });
}

async function countOfShop(shopId: bigint, signal: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ segmentId: bigint }>(
    `SELECT segment_id AS "segmentId" FROM segments WHERE shop_id = $1 AND ${IS_DUE} ORDER BY 1`,
    [shopId],
  );
  for (const { segmentId } of rows) {
    if (signal.aborted) return 0;
    await storeCount(shopId, segmentId);
  }
  await pool.query(
    `DELETE FROM segment_counts WHERE shop_id = $1 AND day < (ledger_now() - interval '${STORED_DAYS} days')::date`,
    [shopId],
  );
  return rows.length;
}
