/** The job: customers whose orders changed are looked at soon, everybody once a day of the shop. */
import { pool, withTransaction } from '#app/db.server.ts';
import { evaluateCustomers } from './evaluate-customers.server.ts';
import { readMembershipSettings } from './membership-settings.server.ts';

const QUEUED_A_BATCH = 1_000;
const CUSTOMERS_A_BATCH = 2_000;

/** Does all that is due, in small transactions. Answers how many customers changed. */
export async function evaluateTiers(signal: AbortSignal): Promise<number> {
  let changed = await evaluateQueued(signal);
  for (const shop of await shopsDue()) {
    if (signal.aborted) break;
    changed += await evaluateShop(shop, signal);
  }
  return changed;
}

async function evaluateQueued(signal: AbortSignal): Promise<number> {
  let changed = 0;
  for (let hasMore = true; hasMore && !signal.aborted;) {
    const batch = await withTransaction(evaluateBatch);
    changed += batch.changed;
    hasMore = batch.taken === QUEUED_A_BATCH;
  }
  return changed;
}

async function evaluateBatch(
  tx: Parameters<Parameters<typeof withTransaction>[0]>[0],
): Promise<{ taken: number; changed: number }> {
  const { rows } = await tx.query<{ shop_id: bigint; customer_id: bigint }>(
    `WITH taken AS (DELETE FROM tier_queue WHERE (shop_id, queue_id) IN (
       SELECT shop_id, queue_id FROM tier_queue ORDER BY shop_id, queue_id LIMIT ${QUEUED_A_BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING shop_id, customer_id)
     SELECT t.shop_id, coalesce(c.merged_into, t.customer_id) AS customer_id
       FROM taken t LEFT JOIN customers c USING (shop_id, customer_id)`,
  );
  let changed = 0;
  for (const [shopId, queued] of Map.groupBy(rows, (row) => row.shop_id)) {
    const ids = [...new Set(queued.map((row) => row.customer_id))];
    changed += await evaluateCustomers(tx, await readMembershipSettings(tx, shopId), ids);
  }
  return { taken: rows.length, changed };
}

interface DueShop {
  shop_id: bigint;
  today: string;
  /** Exact, where JavaScript's dates would lose the microseconds. */
  settings_at: string;
}

async function shopsDue(): Promise<DueShop[]> {
  const { rows } = await pool.query<DueShop>(
    `SELECT shop_id, (club_now() AT TIME ZONE s.time_zone)::date::text AS today, c.updated_at::text AS settings_at
     FROM shops s JOIN club_settings c USING (shop_id)
     WHERE (c.tiers_active OR c.join_at_spend_minor IS NOT NULL)
       AND c.tiers_evaluated_on IS DISTINCT FROM (club_now() AT TIME ZONE s.time_zone)::date ORDER BY shop_id`,
  );
  return rows;
}

/** Everybody of a shop, batch by batch. One that was interrupted begins anew: whoever is done changes no more. */
async function evaluateShop(shop: DueShop, signal: AbortSignal): Promise<number> {
  let changed = 0;
  for (let after: bigint | null = 0n; after !== null;) {
    if (signal.aborted) return changed;
    const last: bigint = after;
    const batch = await withTransaction(async (tx) => {
      const { rows } = await tx.query<{ customer_id: bigint }>(
        `SELECT customer_id FROM customers WHERE shop_id = $1 AND customer_id > $2 AND state = 'active'
         ORDER BY customer_id LIMIT ${CUSTOMERS_A_BATCH}`,
        [shop.shop_id, last],
      );
      const ids = rows.map((row) => row.customer_id);
      const settings = await readMembershipSettings(tx, shop.shop_id);
      return { last: ids.at(-1) ?? null, changed: await evaluateCustomers(tx, settings, ids) };
    });
    changed += batch.changed;
    after = batch.last;
  }
  // Settings that were saved meanwhile are due again.
  await pool.query(
    `UPDATE club_settings SET tiers_evaluated_on = $2 WHERE shop_id = $1 AND updated_at = $3::timestamptz`,
    [shop.shop_id, shop.today, shop.settings_at],
  );
  return changed;
}
