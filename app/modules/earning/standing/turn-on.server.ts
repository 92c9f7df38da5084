/** A shop whose theme shows the club has its customers' standing at Shopify. */
import { LRUCache } from 'lru-cache';
import { pool } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';

const SHOPS_KEPT_MAX = 5_000;
/** The shops that this process has seen on: pages ask often. */
const known = new LRUCache<string, true>({ max: SHOPS_KEPT_MAX });

/**
 * From now on the worker writes what a theme shows of the shop's customers and of its club. Called when a page of the shop
 * asks for the first time, or when the merchant has placed a block. Nothing for a shop that has it on already.
 */
export async function turnOnStanding(shopId: bigint): Promise<void> {
  const key = String(shopId);
  if (known.has(key)) return;
  const { rowCount } = await pool.query(
    'INSERT INTO standing_settings (shop_id) VALUES ($1) ON CONFLICT (shop_id) DO NOTHING',
    [shopId],
  );
  known.set(key, true);
  if (rowCount === 1) await wakeTask(pool, 'write-standings');
}
