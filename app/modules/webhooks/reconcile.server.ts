import {
  listChangedOrders,
  readOrderState,
  type ChangedOrder,
} from '#app/integrations/shopify/orders.server.ts';
import { SHOPIFY_API_VERSION } from '#app/integrations/shopify/api-version.ts';
import { pool } from '#app/db.server.ts';
import { sha256 } from '#app/lib/ids.ts';
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

/**
 * Those of a page that we have not got, or not in this state. `updated_at` alone would not tell: Shopify gives whole
 * seconds, and a refund can follow a payment within one.
 */
async function findMissed(shop: Shop, page: readonly ChangedOrder[]): Promise<ChangedOrder[]> {
  const { rows } = await pool.query<KnownState>(
    `SELECT order_id AS "orderId", updated_at AS "updatedAt", financial, cancelled_at IS NOT NULL AS "isCancelled", is_history AS "isHistory",
            ARRAY(SELECT refund_id FROM order_refunds r WHERE r.shop_id = o.shop_id AND r.order_id = o.order_id)::text[]
              AS "refundIds"
       FROM orders o WHERE shop_id = $1 AND order_id = ANY($2::bigint[])`,
    [shop.shopId, page.map(({ orderId }) => orderId)],
  );
  const known = new Map(rows.map((row) => [row.orderId, row]));
  return page.filter((order) => {
    const state = known.get(order.orderId);
    return state === undefined || !isKnownState(state, order);
  });
}

interface KnownState {
  orderId: bigint;
  updatedAt: Date;
  financial: string;
  isCancelled: boolean;
  isHistory: boolean;
  refundIds: string[];
}

function isKnownState(known: KnownState, order: ChangedOrder): boolean {
  // The sync read it, but the event that would let it earn never came.
  if (known.isHistory) return false;
  if (known.updatedAt > order.updatedAt) return true;
  return (
    known.updatedAt.getTime() === order.updatedAt.getTime() &&
    (order.financial === null || known.financial === order.financial) &&
    known.isCancelled === order.isCancelled &&
    order.refundIds.every((id) => known.refundIds.includes(id.toString()))
  );
}

/** The order's state names the event: the same state is put in once only. Answers whether it was new. */
async function putIntoInbox(shop: Shop, order: ChangedOrder): Promise<boolean> {
  const state = await readOrderState(shop.domain, order.orderId);
  if (state === null) return false;
  const body = JSON.stringify(state.payload);
  const { rowCount } = await pool.query(
    `INSERT INTO webhook_events (shop_id, webhook_id, topic, api_version, triggered_at, headers, body)
     VALUES ($1, $2, $3, $4, $5, '{"source": "reconciliation"}', $6) ON CONFLICT DO NOTHING`,
    [
      shop.shopId,
      `reconcile:${order.orderId}:${sha256(body)}`,
      TOPIC,
      SHOPIFY_API_VERSION,
      state.triggeredAt,
      body,
    ],
  );
  return rowCount === 1;
}
