/** Past orders of a shop are kept as they are: for customers' figures, claims and backfills. They earn nothing here. */
import type { Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { refreshStats } from '#app/modules/customers/refresh-stats.server.ts';
import { upsertCustomersFromOrders } from '#app/modules/customers/upsert-customers.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { withGuestPhone } from './award-orders.server.ts';
import { claimArrived } from './claim-guest-orders.server.ts';
import { readClubs } from './club.server.ts';
import { lockOrders, storeOrders, storeRefunds, withRefunds } from './orders.server.ts';
import { holdOwners, withOwners } from './owners.server.ts';
import { askForOrders } from './refresh-orders.server.ts';
import { decodeOrder, decodeOrderCustomer } from './rules/decode-order.ts';
import type { OrderState } from './rules/order-state.ts';

/**
 * Stores orders (as webhooks write them, each once) that no event has told of. They are marked as history: neither this
 * nor somebody who claims one later lets them earn; the first event of an order does, and a backfill. An order that an
 * event brought already is left alone, and asked of Shopify when it has changed since. The same ones again change
 * nothing. Throws MalformedPayload or DecodeError.
 */
export async function storeHistory(
  tx: Transaction,
  shopId: bigint,
  payloads: readonly Record<string, unknown>[],
): Promise<void> {
  if (payloads.length === 0) return;
  await holdOwners(tx, [shopId]);
  const club = (await readClubs(tx, [shopId])).get(shopId);
  invariant(club, `shop ${shopId} has no row`);
  const seen = payloads.map((payload) => ({ payload, ...decodeOrder(payload) }));
  const customers = seen.flatMap(({ payload, order }) => {
    const customer = decodeOrderCustomer(payload, order.updatedAt);
    return customer ? [{ shopId, ...customer }] : [];
  });
  await upsertCustomersFromOrders(tx, customers);
  await lockOrders(
    tx,
    seen.map(({ order }) => ({ shopId, orderId: order.orderId })),
  );
  const heard = await readHeard(tx, shopId, seen);
  const past = seen.filter(({ order }) => !heard.has(order.orderId));
  // As old as the order: whatever event comes is newer, and a backfill counts from that day.
  const stored = await storeOrders(
    tx,
    past.map(({ order }) => ({
      shopId,
      triggeredAt: order.processedAt,
      order: withGuestPhone(order, club),
      fixing: null,
      isHistory: true,
    })),
  );
  await storeRefunds(
    tx,
    past.flatMap(({ refunds }) => refunds.map((refund) => ({ shopId, refund }))),
  );
  const owned = await withOwners(tx, await claimArrived(tx, await withRefunds(tx, stored)));
  await refreshStats(tx, owned);
  const owners = owned.flatMap(({ order: { customerId } }) =>
    customerId === null ? [] : { shopId, customerId },
  );
  if (club.evaluatesCustomers) await queueEvaluation(tx, owners);
  const missed = seen.filter(({ order }) => (heard.get(order.orderId) ?? order.updatedAt) < order.updatedAt);
  await askForOrders(
    tx,
    missed.map(({ order }) => ({ shopId, orderId: order.orderId })),
    false,
  );
}

/** Of these orders those that events have told of, with their `updated_at` as it is known. */
async function readHeard(
  tx: Transaction,
  shopId: bigint,
  seen: readonly { order: OrderState }[],
): Promise<Map<bigint, Date>> {
  const { rows } = await tx.query<{ order_id: bigint; updated_at: Date }>(
    `SELECT order_id, updated_at FROM orders WHERE shop_id = $1 AND order_id = ANY($2::bigint[]) AND NOT is_history`,
    [shopId, bigintArray(seen.map(({ order }) => order.orderId))],
  );
  return new Map(rows.map((row) => [row.order_id, row.updated_at]));
}
