/**
 * Orders whose newest state is asked of Shopify: an edit's webhook carries the edit, not the order, and "apply now"
 * (F68) wants what is true now. Asked outside of transactions, awarded as a webhook's state would be.
 */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { readOrderState } from '#app/integrations/shopify/orders.server.ts';
import { optionalId, readObject, DecodeError } from '#app/lib/decode.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { ensureProducts } from '#app/modules/products/ensure-products.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { awardOrders } from './award-orders.server.ts';
import { lockOrders, type OrderKey } from './orders.server.ts';
import { holdOwners } from './owners.server.ts';
import { ORDER_RULE_KINDS } from './rules/planned.ts';
import type { Unit } from './rules/units.ts';

/** The worker's task, also its job key. */
export const REFRESH_ORDERS_TASK = 'refresh-orders';
const BATCH = 50;
const ATTEMPTS_MAX = 8;
const LANES = 2;
const RETRY_SECONDS = { first: 10, factor: 3, max: 7_200 };

/** Works orders/edited events: asks for the order's newest state. Throws DecodeError. */
export async function askAfterEdits(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  const keys = events.map(({ shopId, payload }): OrderKey => {
    const edit = readObject(readObject(payload, 'edit').order_edit, 'edit.order_edit');
    const orderId = optionalId(edit.order_id, 'edit.order_edit.order_id');
    if (orderId === null) throw new DecodeError('edit.order_edit.order_id', 'an id');
    return { shopId, orderId };
  });
  await askForOrders(tx, keys, false);
}

const ASK = `
  INSERT INTO order_refreshes AS r (shop_id, order_id, rules_anew)
  SELECT DISTINCT k.shop_id, k.order_id, $3::bool FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id) ORDER BY 1, 2
  ON CONFLICT (shop_id, order_id) DO UPDATE SET rules_anew = r.rules_anew OR excluded.rules_anew, attempts = 0,
    next_attempt_at = clock_timestamp(), asked_at = clock_timestamp()`;

/** In the same transaction: the worker is woken when it is committed, not before. */
const WAKE = `SELECT graphile_worker.add_job($1, '{}'::json, job_key := $1, max_attempts := 1)`;

/** Has the worker ask Shopify for these orders soon; `rulesAnew` as for `applyNow`. */
export async function askForOrders(
  tx: Transaction,
  keys: readonly OrderKey[],
  rulesAnew: boolean,
): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(ASK, [
    bigintArray(keys.map(({ shopId }) => shopId)),
    bigintArray(keys.map(({ orderId }) => orderId)),
    rulesAnew,
  ]);
  await tx.query(WAKE, [REFRESH_ORDERS_TASK]);
}

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
  FROM order_refreshes r JOIN shops s USING (shop_id) WHERE r.next_attempt_at <= statement_timestamp()
  ORDER BY r.next_attempt_at LIMIT ${BATCH}`;

/** Asked for again meanwhile: then it stays. */
const DONE =
  'DELETE FROM order_refreshes WHERE shop_id = $1 AND order_id = $2 AND asked_at = $3::timestamptz';

const LATER = `
  UPDATE order_refreshes SET attempts = attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs =>
    least(${RETRY_SECONDS.first} * power(${RETRY_SECONDS.factor}, attempts), ${RETRY_SECONDS.max}))
  WHERE shop_id = $1 AND order_id = $2`;

/** Brings every order that is due up to date; returns how many were awarded. */
export async function refreshOrders(signal?: AbortSignal): Promise<number> {
  let refreshed = 0;
  for (;;) {
    const { rows } = await pool.query<DueRow>(DUE);
    if (rows.length === 0 || signal?.aborted) return refreshed;
    const lane = async () => {
      for (let row = rows.shift(); row && !signal?.aborted; row = rows.shift())
        if (await refreshOne(row)) refreshed += 1;
    };
    await Promise.all(Array.from({ length: LANES }, lane));
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
 * customer was held back get the rules of now; all others keep theirs. Says what each was given.
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
  UPDATE orders o SET snapshot_id = NULL, eligible_at = NULL, facts = NULL
   WHERE o.shop_id = $1 AND o.order_id = $2 AND o.facts->>'withheld' IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.shop_id = o.shop_id AND e.order_id = o.order_id AND e.kind = ANY($3))`;

const POSTED = `
  SELECT unit, sum(amount)::bigint AS amount FROM ledger_entries
   WHERE shop_id = $1 AND order_id = $2 AND kind = ANY($3) GROUP BY unit ORDER BY unit`;

/** Null when Shopify has no such order. Throws UpstreamError. */
async function applyOrder(key: OrderKey, domain: string, rulesAnew: boolean): Promise<Gain[] | null> {
  const { shopId, orderId } = key;
  const state = await readOrderState(domain, orderId);
  if (state === null) return null;
  await ensureProducts(shopId, [state.payload]);
  return withTransaction(async (tx) => {
    const posted = async () => (await tx.query<Gain>(POSTED, [shopId, orderId, ORDER_RULE_KINDS])).rows;
    await holdOwners(tx, [shopId]);
    await lockOrders(tx, [key]);
    if (rulesAnew) await tx.query(FORGET_RULES, [shopId, orderId, ORDER_RULE_KINDS]);
    const before = new Map((await posted()).map(({ unit, amount }) => [unit, amount]));
    await awardOrders(tx, [{ shopId, topic: 'orders/updated', ...state }]);
    return (await posted())
      .map(({ unit, amount }) => ({ unit, amount: amount - (before.get(unit) ?? 0n) }))
      .filter(({ amount }) => amount !== 0n);
  });
}
