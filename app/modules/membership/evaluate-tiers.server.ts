/** The job: evaluates customers whose orders changed soon, and all customers once per day of the shop. */
import { ledgerNow, pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { evaluateCustomers } from './evaluate-customers.server.ts';
import { readMembershipSettings } from './membership-settings.server.ts';

const QUEUED_A_BATCH = 1_000;
const CUSTOMERS_A_BATCH = 2_000;

/** Evaluates all customers that are due, in small transactions. Returns how many changed. */
export async function evaluateTiers(signal: AbortSignal): Promise<number> {
  const now = await ledgerNow(pool);
  const evaluate = async (shop: TierShop): Promise<number> => {
    const changed = await evaluateQueued(shop.shopId, signal);
    return changed + (await evaluateDay(shop, now, signal));
  };
  return forEachShop('evaluate-tiers', await listShops(), evaluate, { signal });
}

interface TierShop {
  shopId: bigint;
  timeZone: string;
  /** Null unless all its customers are evaluated each day. Exact, where JavaScript's dates would lose the microseconds. */
  settingsAt: string | null;
  evaluatedOn: string | null;
}

/** Lists shops in which customers are queued, or all may be due today. */
async function listShops(): Promise<TierShop[]> {
  const { rows } = await pool.query<TierShop>(
    `SELECT * FROM (
       SELECT s.shop_id AS "shopId", s.time_zone AS "timeZone", c.tiers_evaluated_on::text AS "evaluatedOn",
         CASE WHEN c.tiers_active OR c.join_at_spend_minor IS NOT NULL THEN c.updated_at::text END AS "settingsAt"
       FROM shops s LEFT JOIN club_settings c USING (shop_id)) s
     WHERE "settingsAt" IS NOT NULL OR EXISTS (SELECT FROM tier_queue q WHERE q.shop_id = s."shopId") ORDER BY "shopId"`,
  );
  return rows;
}

async function evaluateQueued(shopId: bigint, signal: AbortSignal): Promise<number> {
  let changed = 0;
  for (let hasMore = true; hasMore && !signal.aborted;) {
    const batch = await withTransaction((tx) => evaluateBatch(tx, shopId));
    changed += batch.changed;
    hasMore = batch.taken === QUEUED_A_BATCH;
  }
  return changed;
}

async function evaluateBatch(tx: Transaction, shopId: bigint): Promise<{ taken: number; changed: number }> {
  const { rows } = await tx.query<{ customer_id: bigint }>(
    `WITH taken AS (DELETE FROM tier_queue WHERE shop_id = $1 AND queue_id IN (
       SELECT queue_id FROM tier_queue WHERE shop_id = $1 ORDER BY queue_id LIMIT ${QUEUED_A_BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING shop_id, customer_id)
     SELECT coalesce(c.merged_into, t.customer_id) AS customer_id
       FROM taken t LEFT JOIN customers c USING (shop_id, customer_id)`,
    [shopId],
  );
  if (rows.length === 0) return { taken: 0, changed: 0 };
  const ids = [...new Set(rows.map((row) => row.customer_id))];
  const changed = await evaluateCustomers(tx, await readMembershipSettings(tx, shopId), ids);
  return { taken: rows.length, changed };
}

/** Evaluates all customers of a shop in batches. An interrupted run starts over; a repeated evaluation changes nothing. */
async function evaluateDay(shop: TierShop, now: Date, signal: AbortSignal): Promise<number> {
  const { shopId, timeZone, settingsAt, evaluatedOn } = shop;
  const today = localDay(now, timeZone);
  if (settingsAt === null || evaluatedOn === today) return 0;
  let changed = 0;
  for (let after: bigint | null = 0n; after !== null;) {
    if (signal.aborted) return changed;
    const last: bigint = after;
    const batch = await withTransaction(async (tx) => {
      const { rows } = await tx.query<{ customer_id: bigint }>(
        `SELECT customer_id FROM customers WHERE shop_id = $1 AND customer_id > $2 AND state = 'active'
         ORDER BY customer_id LIMIT ${CUSTOMERS_A_BATCH}`,
        [shopId, last],
      );
      const ids = rows.map((row) => row.customer_id);
      const settings = await readMembershipSettings(tx, shopId);
      return { last: ids.at(-1) ?? null, changed: await evaluateCustomers(tx, settings, ids) };
    });
    changed += batch.changed;
    after = batch.last;
  }
  // Settings saved meanwhile are due again.
  await pool.query(
    `UPDATE club_settings SET tiers_evaluated_on = $2 WHERE shop_id = $1 AND updated_at = $3::timestamptz`,
    [shopId, today, settingsAt],
  );
  return changed;
}
