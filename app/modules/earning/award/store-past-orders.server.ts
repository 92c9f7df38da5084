/** Past orders of a shop, stored as they are: for customers' figures, guests' customers and backfills. They earn nothing here. */
import type { Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { upsertCustomersFromOrders } from '#app/modules/customers/upsert-customers.server.ts';
import { adoptArrived } from '#app/modules/orders/adopt-guest-orders.server.ts';
import { withRefunds } from '#app/modules/orders/load-orders.server.ts';
import { lockOrders } from '#app/modules/orders/lock-orders.server.ts';
import { lockOwnersShared, resolveOwners } from '#app/modules/orders/order-owners.server.ts';
import type { DecodedOrder } from '#app/modules/orders/rules/decode-order.ts';
import { paidProof } from '#app/modules/orders/rules/order-payment.ts';
import { storeRefunds, upsertOrders } from '#app/modules/orders/upsert-orders.server.ts';
import { storeOrderPrices } from '#app/modules/pricing/orders/store-order-prices.server.ts';
import { readClubRules } from '../rules-in-force.server.ts';
import { withGuestPhone } from './read-events.ts';
import { refreshCustomers } from './refresh-customers.server.ts';
import { queueRefresh } from './queue-refresh.server.ts';

/**
 * Stores orders, each once, that no event has brought. They are marked as history: neither this nor a customer who is
 * given one later lets them earn; the first event of an order does, and a backfill. An order that an event brought
 * already is left alone, and asked of Shopify when it has changed since. The same ones again change nothing.
 */
export async function storePastOrders(
  tx: Transaction,
  shopId: bigint,
  orders: readonly DecodedOrder[],
): Promise<void> {
  if (orders.length === 0) return;
  await lockOwnersShared(tx, [shopId]);
  const clubs = await readClubRules(tx, [shopId]);
  const club = clubs.get(shopId);
  invariant(club, `shop ${shopId} has no row`);
  await upsertCustomersFromOrders(
    tx,
    orders.flatMap(({ customer }) => (customer ? [{ shopId, ...customer }] : [])),
  );
  await lockOrders(
    tx,
    orders.map(({ order }) => ({ shopId, orderId: order.orderId })),
  );
  const seen = await findSeen(tx, shopId, orders);
  const past = orders.filter(({ order }) => !seen.has(order.orderId));
  // As old as the order: every event is newer, and a backfill counts from that day.
  const stored = await upsertOrders(
    tx,
    past.map(({ order, refunds, paidAt }) => ({
      shopId,
      refunds,
      paid: paidProof({ order, paidAt }),
      triggeredAt: order.processedAt,
      order: withGuestPhone(order, club),
      frozen: null,
      isHistory: true,
    })),
  );
  await storeRefunds(
    tx,
    past.flatMap(({ refunds }) => refunds.map((refund) => ({ shopId, refund }))),
    { ofNewest: true },
  );
  const owned = await resolveOwners(tx, await adoptArrived(tx, await withRefunds(tx, stored)));
  await refreshCustomers(tx, owned, clubs);
  const changed = orders.filter(
    ({ order }) => (seen.get(order.orderId) ?? order.updatedAt) < order.updatedAt,
  );
  await queueRefresh(
    tx,
    changed.map(({ order }) => ({ shopId, orderId: order.orderId })),
    false,
  );
  await storeOrderPrices(tx, owned);
}

/** Of these orders those that events have brought, with their `updated_at` as it is known. */
async function findSeen(
  tx: Transaction,
  shopId: bigint,
  orders: readonly DecodedOrder[],
): Promise<Map<bigint, Date>> {
  const { rows } = await tx.query<{ order_id: bigint; updated_at: Date }>(
    `SELECT order_id, updated_at FROM orders WHERE shop_id = $1 AND order_id = ANY($2::bigint[]) AND NOT is_history`,
    [shopId, bigintArray(orders.map(({ order }) => order.orderId))],
  );
  return new Map(rows.map((row) => [row.order_id, row.updated_at]));
}
