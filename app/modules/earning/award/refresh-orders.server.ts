/**
 * Orders whose newest state is asked of Shopify: an edit's webhook carries the edit, not the order, and "apply now"
 * (F68) wants what is true now. Asked outside of transactions, awarded as a webhook's state would be.
 */
import pMap from 'p-map';
import { pool, withTransaction } from '#app/db.server.ts';
import { readOrderState } from '#app/integrations/shopify/orders.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { ensureOrderProducts } from './ensure-order-products.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { awardOrders } from './award-orders.server.ts';
import type { OrderKey } from '#app/modules/orders/known-order.ts';
import { lockOrders } from '#app/modules/orders/lock-orders.server.ts';
import { lockOwnersShared } from '#app/modules/orders/order-owners.server.ts';
import { ORDER_RULE_KINDS } from '#app/modules/ledger/rules/posting-types.ts';
import type { Unit } from '#app/lib/units.ts';

const BATCH = 50;
const ATTEMPTS_MAX = 8;
const ORDERS_AT_ONCE = 2;
const RETRY_SECONDS = { first: 10, factor: 3, max: 7_200 };

interface DueRow extends OrderKey {
  domain: string;
  rulesAnew: boolean;
  isInstalled: boolean;
  attempts: number;
  /** As text: JavaScript's moments would lose the microseconds. */
  askedAt: string;
}

const DUE = `
  SELECT r.shop_id AS "shopId", r.order_id AS "orderId", r.rules_anew AS "rulesAnew", r.attempts, r.asked_at::text AS "askedAt",
    s.domain, ${IS_INSTALLED_SQL} AS "isInstalled"
  FROM order_refreshes r JOIN shops s USING (shop_id) WHERE r.shop_id = $1 AND r.next_attempt_at <= statement_timestamp()
  ORDER BY r.next_attempt_at LIMIT ${BATCH}`;

/** Asked for again meanwhile: then it stays. */
const DONE =
  'DELETE FROM order_refreshes WHERE shop_id = $1 AND order_id = $2 AND asked_at = $3::timestamptz';

const LATER = `
  UPDATE order_refreshes SET attempts = attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs =>
    least(${RETRY_SECONDS.first} * power(${RETRY_SECONDS.factor}, attempts), ${RETRY_SECONDS.max}))
  WHERE shop_id = $1 AND order_id = $2`;

const DUE_SHOPS = `
  SELECT DISTINCT shop_id AS "shopId" FROM order_refreshes WHERE next_attempt_at <= statement_timestamp() ORDER BY 1`;

/** Brings every order that is due up to date; returns how many were awarded. */
export async function refreshOrders(signal?: AbortSignal): Promise<number> {
  const { rows: shops } = await pool.query<{ shopId: bigint }>(DUE_SHOPS);
  return forEachShop('refresh-orders', shops, ({ shopId }) => refreshShop(shopId, signal), { signal });
}

async function refreshShop(shopId: bigint, signal: AbortSignal | undefined): Promise<number> {
  let refreshed = 0;
  for (;;) {
    const { rows } = await pool.query<DueRow>(DUE, [shopId]);
    if (rows.length === 0 || signal?.aborted) return refreshed;
    const refresh = async (row: DueRow): Promise<void> => {
      if (!signal?.aborted && (await refreshOne(row))) refreshed += 1;
    };
    await pMap(rows, refresh, { concurrency: ORDERS_AT_ONCE });
  }
}

async function refreshOne(row: DueRow): Promise<boolean> {
  const { shopId, orderId, askedAt } = row;
  let isAwarded = false;
  try {
    if (row.isInstalled) isAwarded = (await applyOrder(row, row.domain, row.rulesAnew)) !== null;
  } catch (error) {
    const line = { shopId: shopId.toString(), orderId: orderId.toString(), reason: safeErrorText(error) };
    if (row.attempts + 1 < ATTEMPTS_MAX) {
      logger.warn(line, 'order not refreshed');
      await pool.query(LATER, [shopId, orderId]);
      return false;
    }
    logger.error(line, 'order given up: reconciliation or "apply now" will find it');
  }
  await pool.query(DONE, [shopId, orderId, askedAt]);
  return isAwarded;
}

/** What an order was given or lost, by unit. */
export interface Gain {
  unit: Unit;
  amount: bigint;
}

export interface Applied {
  orderId: bigint;
  /** `gone`: the shop has it no more; `unreachable`: Shopify could not be asked, nothing changed. */
  outcome: 'applied' | 'gone' | 'unreachable';
  /** Empty when nothing changed. */
  gains: Gain[];
}

/**
 * "Apply now": takes in the newest state of these orders and awards them at once. Orders that never earned because their
 * customer was held back, or because their rules are in another currency, get the rules of now; all others keep theirs.
 * Says what each was given.
 */
export async function applyNow(
  shop: { shopId: bigint; domain: string },
  orderIds: readonly bigint[],
): Promise<Applied[]> {
  const results: Applied[] = [];
  for (const orderId of orderIds) results.push(await tryApply(shop, orderId));
  return results;
}

async function tryApply(
  { shopId, domain }: { shopId: bigint; domain: string },
  orderId: bigint,
): Promise<Applied> {
  try {
    const gains = await applyOrder({ shopId, orderId }, domain, true);
    return { orderId, outcome: gains === null ? 'gone' : 'applied', gains: gains ?? [] };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ orderId: orderId.toString(), reason: safeErrorText(error) }, 'order not applied');
    return { orderId, outcome: 'unreachable', gains: [] };
  }
}

const FORGET_RULES = `
  UPDATE orders o SET snapshot_id = NULL, facts = NULL
   WHERE o.shop_id = $1 AND o.order_id = $2 AND (o.facts->>'withheld' IS NOT NULL OR EXISTS (SELECT FROM rule_snapshots r
       WHERE r.shop_id = o.shop_id AND r.snapshot_id = o.snapshot_id AND r.rules->>'currency' <> o.currency))
     AND NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.shop_id = o.shop_id AND e.order_id = o.order_id AND e.kind = ANY($3))`;

const POSTED = `
  SELECT unit, sum(amount)::bigint AS amount FROM ledger_entries
   WHERE shop_id = $1 AND order_id = $2 AND kind = ANY($3) GROUP BY unit ORDER BY unit`;

/** Null when Shopify has no such order. Throws UpstreamError. */
async function applyOrder(key: OrderKey, domain: string, rulesAnew: boolean): Promise<Gain[] | null> {
  const { shopId, orderId } = key;
  const state = await readOrderState(domain, orderId);
  if (state === null) return null;
  await ensureOrderProducts(shopId, [state.payload]);
  return withTransaction(async (tx) => {
    const posted = async () => (await tx.query<Gain>(POSTED, [shopId, orderId, ORDER_RULE_KINDS])).rows;
    await lockOwnersShared(tx, [shopId]);
    await lockOrders(tx, [key]);
    if (rulesAnew) await tx.query(FORGET_RULES, [shopId, orderId, ORDER_RULE_KINDS]);
    const before = new Map((await posted()).map(({ unit, amount }) => [unit, amount]));
    await awardOrders(tx, [{ shopId, topic: 'orders/updated', ...state }]);
    return (await posted())
      .map(({ unit, amount }) => ({ unit, amount: amount - (before.get(unit) ?? 0n) }))
      .filter(({ amount }) => amount !== 0n);
  });
}
