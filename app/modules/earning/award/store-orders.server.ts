import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { keyOfOrder, orderKeyText, type KnownOrder, type OrderKey } from '#app/modules/orders/known-order.ts';
import { loadOrders, withRefunds } from '#app/modules/orders/load-orders.server.ts';
import { lockOrders } from '#app/modules/orders/lock-orders.server.ts';
import { lowerEligibleAt, storeRefunds, upsertOrders } from '#app/modules/orders/upsert-orders.server.ts';
import type { ClubRules } from '../rules-in-force.server.ts';
import { readCurrentRules } from './freeze-rules.server.ts';
import type { DeletedOrder, OrderNews } from './read-events.ts';

/**
 * Stores what events say. Returns the orders that they touch, locked, as they are known now. An order that comes
 * eligible for the first time is stored with the rules of now: that saves freezing them in a second statement.
 */
export async function storeOrders(
  tx: Transaction,
  { orders, refunds, deleted }: OrderNews,
  clubs: ReadonlyMap<bigint, ClubRules>,
): Promise<KnownOrder[]> {
  const keys = new Map<string, OrderKey>(deleted.map((key) => [orderKeyText(key), key]));
  for (const incoming of orders) {
    const key = keyOfOrder(incoming);
    keys.set(orderKeyText(key), key);
  }
  for (const { shopId, refund } of refunds) {
    const key = { shopId, orderId: refund.orderId };
    keys.set(orderKeyText(key), key);
  }
  await lockOrders(tx, [...keys.values()]);
  const eligible = orders.filter(({ paid }) => paid !== null);
  const rules = await readCurrentRules(tx, eligible, clubs);
  const stored = await upsertOrders(
    tx,
    orders.map((one) => ({ ...one, frozen: rules.get(orderKeyText(keyOfOrder(one))) ?? null })),
  );
  const cancelled = await cancelDeleted(tx, deleted);
  await storeAllRefunds(tx, { orders, refunds }, stored);
  const written = new Map([...stored, ...cancelled].map((known) => [orderKeyText(keyOfOrder(known)), known]));
  // What was just written need not be read back: only its refunds, and orders that are known in a newer state.
  for (const key of written.keys()) keys.delete(key);
  await lowerEligibleAt(
    tx,
    orders.filter((one) => keys.has(orderKeyText(keyOfOrder(one)))),
  );
  const others = await loadOrders(tx, [...keys.values()], 'lock');
  return [...(await withRefunds(tx, [...written.values()])), ...(await markSeenByEvent(tx, others))];
}

/** Refunds of the states that are the newest now replace what is known of them; all others are only added. */
async function storeAllRefunds(
  tx: Transaction,
  { orders, refunds }: Pick<OrderNews, 'orders' | 'refunds'>,
  stored: readonly KnownOrder[],
): Promise<void> {
  const newest = new Set(stored.map((known) => orderKeyText(keyOfOrder(known))));
  const ofState = (isNewest: boolean) =>
    orders
      .filter((one) => newest.has(orderKeyText(keyOfOrder(one))) === isNewest)
      .flatMap(({ shopId, refunds: own }) => own.map((refund) => ({ shopId, refund })));
  await storeRefunds(tx, [...refunds, ...ofState(false)], { ofNewest: false });
  await storeRefunds(tx, ofState(true), { ofNewest: true });
}

/** A deleted order counts as cancelled when it was deleted; one that is not known has nothing to undo. */
async function cancelDeleted(tx: Transaction, deleted: readonly DeletedOrder[]): Promise<KnownOrder[]> {
  if (deleted.length === 0) return [];
  const deletedAts = new Map(deleted.map((one) => [orderKeyText(one), one.deletedAt]));
  const known = await loadOrders(tx, deleted, 'lock');
  const cancelled = known.flatMap(({ shopId, order }) => {
    const triggeredAt = deletedAts.get(orderKeyText({ shopId, orderId: order.orderId }));
    if (!triggeredAt || order.cancelledAt) return [];
    const updatedAt = triggeredAt > order.updatedAt ? triggeredAt : order.updatedAt;
    return [
      {
        shopId,
        triggeredAt,
        paid: null,
        refunds: [],
        frozen: null,
        order: { ...order, cancelledAt: triggeredAt, updatedAt },
      },
    ];
  });
  return upsertOrders(tx, cancelled);
}

/**
 * An event has brought these orders, so they are no longer history only, also where a newer state than the event's is
 * known.
 */
async function markSeenByEvent(tx: Transaction, orders: readonly KnownOrder[]): Promise<KnownOrder[]> {
  const history = orders.filter(({ isHistory }) => isHistory);
  if (history.length === 0) return [...orders];
  await tx.query(
    `UPDATE orders o SET is_history = false FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id)
     WHERE o.shop_id = k.shop_id AND o.order_id = k.order_id`,
    [
      bigintArray(history.map(({ shopId }) => shopId)),
      bigintArray(history.map(({ order }) => order.orderId)),
    ],
  );
  return orders.map((known) => ({ ...known, isHistory: false }));
}
