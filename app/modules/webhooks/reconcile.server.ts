import { listChangedOrders, readOrderPayload, type ChangedOrder } from '#app/integrations/shopify/orders.server.ts';
import { SHOPIFY_API_VERSION } from '#app/integrations/shopify/api-version.ts';
import { pool } from '#app/db.server.ts';
import { gidToId } from '#app/lib/ids.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { listInstalledShops, type Shop } from '#app/modules/shops/find-shop.server.ts';
import { wakeInboxSoon } from './wake.server.ts';

/** Orders that change while a run reads, and clocks that differ, are seen again by the next one. */
const OVERLAP_MS = 5 * 60_000;
const SHOPS_AT_ONCE = 4;
const TOPIC = 'orders/updated';

/** What one run found for a shop. */
export interface ReconcileResult {
  domain: string;
  /** Orders that changed at Shopify since the last complete run. */
  listed: number;
  /** Of those: orders whose state we had not got; they are in the inbox now. */
  missed: number;
  /** Why the run is not complete; the next one starts from the same moment. Null when it is. */
  error: string | null;
}

let running: Promise<ReconcileResult[]> | undefined;

/**
 * Compares the orders that changed at Shopify since the last run with what we have, for every shop in which the app
 * is installed, and puts what is missing into the inbox as an `orders/updated` event: a lost webhook repairs itself,
 * with the inbox's retries and dead letters. A shop that fails does not stop the others. A call made while a run is
 * under way joins it.
 */
export function reconcileShops(signal?: AbortSignal): Promise<ReconcileResult[]> {
  running ??= reconcileAll(signal).finally(() => {
    running = undefined;
  });
  return running;
}

async function reconcileAll(signal: AbortSignal | undefined): Promise<ReconcileResult[]> {
  const shops = await listInstalledShops(pool);
  const results: ReconcileResult[] = [];
  const lanes = Array.from({ length: SHOPS_AT_ONCE }, async () => {
    for (let shop = shops.shift(); shop && !signal?.aborted; shop = shops.shift()) {
      results.push(await reconcileShop(shop, signal));
    }
  });
  await Promise.all(lanes);
  return results;
}

/** Reconciles one shop; what goes wrong is in the result. */
export async function reconcileShop(shop: Shop, signal?: AbortSignal): Promise<ReconcileResult> {
  const start = performance.now();
  const result: ReconcileResult = { domain: shop.domain, listed: 0, missed: 0, error: null };
  try {
    const { since, until } = await readWindow(shop);
    for await (const page of listChangedOrders(shop.domain, since)) {
      signal?.throwIfAborted();
      result.listed += page.length;
      for (const order of await findMissed(shop, page)) {
        if (await putIntoInbox(shop, order)) result.missed += 1;
      }
    }
    await pool.query(`UPDATE shops SET reconciled_until = $2 WHERE shop_id = $1`, [shop.shopId, until]);
  } catch (error) {
    result.error = safeErrorText(error);
  }
  if (result.missed > 0) wakeInboxSoon();
  const line = { shop: shop.domain, ...result, durationMs: Math.round(performance.now() - start) };
  if (result.error === null) logger.info(line, 'shop reconciled');
  else logger.warn(line, 'shop not reconciled');
  return result;
}

/** From the end of the last complete run, less the overlap; never from the future, should a clock have jumped. */
async function readWindow(shop: Shop): Promise<{ since: Date; until: Date }> {
  const { rows } = await pool.query<{ now: Date }>('SELECT statement_timestamp() AS now');
  const until = rows[0]?.now ?? new Date(0);
  const from = shop.reconciledUntil ?? shop.installedAt ?? until;
  return { since: new Date(Math.min(from.getTime(), until.getTime()) - OVERLAP_MS), until };
}

/** Those of a page that we have not got, or only in an older state. */
async function findMissed(shop: Shop, page: readonly ChangedOrder[]): Promise<ChangedOrder[]> {
  const { rows } = await pool.query<{ orderId: bigint; updatedAt: Date }>(
    `SELECT order_id AS "orderId", updated_at AS "updatedAt" FROM orders WHERE shop_id = $1 AND order_id = ANY($2::bigint[])`,
    [shop.shopId, page.map(({ gid }) => gidToId(gid, 'Order'))],
  );
  const known = new Map(rows.map(({ orderId, updatedAt }) => [orderId, updatedAt.getTime()]));
  return page.filter(({ gid, updatedAt }) => {
    const orderId = gidToId(gid, 'Order');
    return orderId !== null && (known.get(orderId) ?? -Infinity) < updatedAt.getTime();
  });
}

/** The order's state names the event: the same state is put in once only. Answers whether it was new. */
async function putIntoInbox(shop: Shop, order: ChangedOrder): Promise<boolean> {
  const payload = await readOrderPayload(shop.domain, order.gid);
  if (payload === null) return false;
  const updatedAt = String(payload.updated_at);
  const { rowCount } = await pool.query(
    `INSERT INTO webhook_events (shop_id, webhook_id, topic, api_version, triggered_at, headers, body)
     VALUES ($1, $2, $3, $4, $5, '{"source": "reconciliation"}', $6) ON CONFLICT DO NOTHING`,
    [
      shop.shopId,
      `reconcile:${order.gid}:${updatedAt}`,
      TOPIC,
      SHOPIFY_API_VERSION,
      updatedAt,
      JSON.stringify(payload),
    ],
  );
  return rowCount === 1;
}
