import { isDeepStrictEqual } from 'node:util';
import {
  listChangedOrders,
  readOrderState,
  type ChangedOrder,
  type OrderAsRead,
} from '#app/integrations/shopify/orders.server.ts';
import { SHOPIFY_API_VERSION } from '#app/integrations/shopify/api-version.ts';
import { pool } from '#app/db.server.ts';
import { sha256 } from '#app/lib/ids.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { SECOND_SETTLES_MS } from '#app/modules/orders/known-order.ts';
import { loadOrders } from '#app/modules/orders/load-orders.server.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { confirmOrder } from '#app/modules/orders/upsert-orders.server.ts';
import { listInstalledShops, type Shop } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { wakeInboxSoon } from './wake-inbox.server.ts';

/**
 * How far a run looks back behind the start of the last one: for orders that changed during it, for differences between
 * clocks, and as Shopify's search finds a change only some time after it.
 */
export const RECONCILE_OVERLAP_MS = 30 * 60_000;
const SHOPS_AT_ONCE = 4;
const TOPIC = 'orders/updated';

/** What one run found for a shop. */
export interface ReconcileResult {
  domain: string;
  /** Orders that changed at Shopify since the last complete run. */
  listed: number;
  /** Of those: orders whose current state we didn't have; they are in the inbox now. */
  missed: number;
  /** Why the run is incomplete; the next one starts from the same timestamp. Null when it is complete. */
  error: string | null;
}

let running: Promise<ReconcileResult[]> | undefined;

/**
 * Compares the orders that changed at Shopify since the last run with what we have, for every shop in which the app
 * is installed, and puts what is missing into the inbox as an `orders/updated` event: a lost webhook repairs itself,
 * with the inbox's retries and dead letters. A shop that failed is left out while it rests. A call made during a run
 * joins it.
 */
export function reconcileShops(signal?: AbortSignal): Promise<ReconcileResult[]> {
  running ??= reconcileAll(signal).finally(() => {
    running = undefined;
  });
  return running;
}

async function reconcileAll(signal: AbortSignal | undefined): Promise<ReconcileResult[]> {
  const results: ReconcileResult[] = [];
  const reconcile = async (shop: Shop): Promise<number> => {
    const { result, failure } = await tryReconcile(shop, signal);
    results.push(result);
    if (failure !== undefined) throw failure;
    return result.missed;
  };
  const shops = await listInstalledShops(pool);
  await forEachShop('reconcile-shops', shops, reconcile, { signal, concurrency: SHOPS_AT_ONCE });
  return results;
}

/** Reconciles one shop; errors are reported in the result. */
export async function reconcileShop(shop: Shop, signal?: AbortSignal): Promise<ReconcileResult> {
  return (await tryReconcile(shop, signal)).result;
}

/** `failure` is undefined for a complete run. */
async function tryReconcile(
  shop: Shop,
  signal: AbortSignal | undefined,
): Promise<{ result: ReconcileResult; failure?: Error }> {
  const start = performance.now();
  const result: ReconcileResult = { domain: shop.domain, listed: 0, missed: 0, error: null };
  let failure: Error | undefined;
  try {
    const { since, until } = await readWindow(shop);
    for await (const page of listChangedOrders(shop.domain, since)) {
      signal?.throwIfAborted();
      result.listed += page.length;
      for (const order of await findUncertain(shop, page)) {
        if (await putIntoInbox(shop, order)) result.missed += 1;
      }
    }
    await pool.query(`UPDATE shops SET reconciled_until = $2 WHERE shop_id = $1`, [shop.shopId, until]);
  } catch (error) {
    failure = error instanceof Error ? error : new Error('not reconciled', { cause: error });
    result.error = safeErrorText(error);
  }
  if (result.missed > 0) wakeInboxSoon();
  const line = { shop: shop.domain, ...result, durationMs: Math.round(performance.now() - start) };
  if (failure === undefined) logger.info(line, 'shop reconciled');
  else logger.warn(line, 'shop not reconciled');
  return failure === undefined ? { result } : { result, failure };
}

/** The start of the last complete run, less the overlap; never in the future, in case a clock has jumped. */
async function readWindow(shop: Shop): Promise<{ since: Date; until: Date }> {
  const { rows } = await pool.query<{ now: Date }>('SELECT statement_timestamp() AS now');
  const until = rows[0]?.now ?? new Date(0);
  const from = shop.reconciledUntil ?? shop.installedAt ?? until;
  return { since: new Date(Math.min(from.getTime(), until.getTime()) - RECONCILE_OVERLAP_MS), until };
}

/**
 * Returns the orders of a page that we don't have, or perhaps not in this state. `updated_at` alone isn't enough: it
 * has whole seconds, and an edit or a refund can follow a payment within one. An order is known once Shopify was asked for
 * it after its second had settled, so runs that overlap read it once.
 */
async function findUncertain(shop: Shop, page: readonly ChangedOrder[]): Promise<ChangedOrder[]> {
  const { rows } = await pool.query<KnownState>(
    `SELECT order_id AS "orderId", updated_at AS "updatedAt", confirmed_at AS "confirmedAt", financial, cancelled_at IS NOT NULL AS "isCancelled", is_history AS "isHistory",
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
  /** When Shopify was asked and had this state; null for a webhook's. */
  confirmedAt: Date | null;
  financial: string;
  isCancelled: boolean;
  isHistory: boolean;
  refundIds: string[];
}

function isKnownState(known: KnownState, order: ChangedOrder): boolean {
  // The sync read it, but the event that makes it earn never arrived.
  if (known.isHistory) return false;
  if (known.updatedAt > order.updatedAt) return true;
  return (
    known.updatedAt.getTime() === order.updatedAt.getTime() &&
    known.confirmedAt !== null &&
    known.confirmedAt.getTime() >= known.updatedAt.getTime() + SECOND_SETTLES_MS &&
    (order.financial === null || known.financial === order.financial) &&
    known.isCancelled === order.isCancelled &&
    order.refundIds.every((id) => known.refundIds.includes(id.toString()))
  );
}

/**
 * Whether the order is stored as it was read. It may look otherwise here, as a guest's phone is stored in another form:
 * then the same state is processed again and changes nothing.
 */
async function isStored(shop: Shop, order: ChangedOrder, state: OrderAsRead): Promise<boolean> {
  const { shopId } = shop;
  const read = decodeOrder(state.payload);
  const [known] = await loadOrders(pool, [{ shopId, orderId: order.orderId }], 'read');
  return (
    known !== undefined &&
    !known.isHistory &&
    isDeepStrictEqual(known.order, read.order) &&
    read.refunds.every((refund) => known.refunds.some((one) => isDeepStrictEqual(one, refund)))
  );
}

/**
 * The order's state is part of the event's id, so the same state waits only once. A state that was processed before and
 * that another has replaced since is processed again. Returns whether something is to do.
 */
async function putIntoInbox(shop: Shop, order: ChangedOrder): Promise<boolean> {
  const state = await readOrderState(shop.domain, order.orderId);
  if (state === null) return false;
  if (await isStored(shop, order, state)) {
    await confirmOrder(pool, { shopId: shop.shopId, orderId: order.orderId }, state.triggeredAt);
    return false;
  }
  const body = JSON.stringify(state.payload);
  const { rowCount } = await pool.query(
    `INSERT INTO webhook_events AS e (shop_id, webhook_id, topic, api_version, triggered_at, headers, body)
     VALUES ($1, $2, $3, $4, $5, '{"source": "reconciliation"}', $6)
     ON CONFLICT (shop_id, webhook_id) DO UPDATE SET triggered_at = excluded.triggered_at, state = 'pending', attempts = 0,
       next_attempt_at = clock_timestamp(), processed_at = NULL WHERE e.state = 'done'`,
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
