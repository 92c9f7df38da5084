/** Orders whose newest state the worker should ask Shopify for (refresh-orders.server.ts). */
import type { Transaction } from '#app/db.server.ts';
import { DecodeError, optionalId, readObject } from '#app/lib/decode.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import {
  keyOfOrder,
  orderKeyText,
  type IncomingOrder,
  type KnownOrder,
  type OrderKey,
} from '#app/modules/orders/known-order.ts';

/** Queues the orders of orders/edited events, which don't carry their state. Throws DecodeError. */
export async function queueRefreshAfterEdit(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  const keys = events.map(({ shopId, payload }): OrderKey => {
    const edit = readObject(readObject(payload, 'edit').order_edit, 'edit.order_edit');
    const orderId = optionalId(edit.order_id, 'edit.order_edit.order_id');
    if (orderId === null) throw new DecodeError('edit.order_edit.order_id', 'an id');
    return { shopId, orderId };
  });
  await queueRefresh(tx, keys, false);
}

const ASK = `
  INSERT INTO order_refreshes AS r (shop_id, order_id, rules_anew)
  SELECT DISTINCT k.shop_id, k.order_id, $3::bool FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id) ORDER BY 1, 2
  ON CONFLICT (shop_id, order_id) DO UPDATE SET rules_anew = r.rules_anew OR excluded.rules_anew, attempts = 0,
    next_attempt_at = clock_timestamp(), asked_at = clock_timestamp()`;

/** Has the worker ask Shopify for these orders soon; `rulesAnew` as for `applyNow`. */
export async function queueRefresh(
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
  await wakeTask(tx, 'refresh-orders');
}

/**
 * Queues orders whose money these states don't tell, and Shopify does. When they were paid: only that they were, or
 * perhaps never, as an order that is paid in part may owe what an edit added, and the payment's own webhook is late or
 * lost. What a refund gave back: in the buyer's currency only.
 */
export async function queueUntoldMoney(
  tx: Transaction,
  incoming: readonly IncomingOrder[],
  known: readonly KnownOrder[],
): Promise<void> {
  const eligibleAts = new Map(known.map((one) => [orderKeyText(keyOfOrder(one)), one.eligibleAt?.getTime()]));
  const untold = incoming.filter((one) => {
    const eligibleAt = eligibleAts.get(orderKeyText(keyOfOrder(one)));
    if (one.paid) return !one.paid.isExact && eligibleAt === one.paid.at.getTime();
    const { financial, isTest } = one.order;
    return !one.isReading && !isTest && financial === 'partially_paid' && eligibleAt === undefined;
  });
  const refunded = known.filter(({ refunds }) => refunds.some(({ isMovedUntold }) => isMovedUntold));
  await queueRefresh(tx, [...untold, ...refunded].map(keyOfOrder), false);
}
