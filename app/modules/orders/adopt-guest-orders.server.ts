/**
 * An order without a customer waits under its phone and e-mail; the first customer who has one of them is given it,
 * once, and it earns by the rules of its own time (F130). Phone comes before e-mail; a customer whom Shopify names later
 * wins (owners).
 */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { keyOfOrder, orderKeyText, type KnownOrder, type OrderKey } from './known-order.ts';
import { loadOrders } from './load-orders.server.ts';

export interface CustomerKey {
  shopId: bigint;
  customerId: bigint;
}

const WAITING = 'o.customer_id IS NULL AND o.claimed_by IS NULL';
const ACTIVE = "c.state = 'active' AND c.merged_into IS NULL";
const BY_PHONE = 'o.shop_id = c.shop_id AND o.phone = c.phone';
const BY_EMAIL = 'o.shop_id = c.shop_id AND lower(o.email) = c.email';

/** Claims what `hit` (shop_id, order_id, customer_id, rank) found; rows in one order, so that two claims do not deadlock. */
const claim = (hit: string): string => `
  WITH hit AS (${hit}),
  best AS (SELECT DISTINCT ON (shop_id, order_id) * FROM hit ORDER BY shop_id, order_id, rank, customer_id),
  held AS (SELECT o.shop_id, o.order_id, b.customer_id FROM orders o JOIN best b USING (shop_id, order_id)
    WHERE ${WAITING} ORDER BY 1, 2 FOR UPDATE OF o)
  UPDATE orders o SET claimed_by = h.customer_id FROM held h WHERE o.shop_id = h.shop_id AND o.order_id = h.order_id
  RETURNING o.shop_id, o.order_id, o.claimed_by`;

const OF_CUSTOMERS = claim(`
  SELECT o.shop_id, o.order_id, c.customer_id, 0 AS rank FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, customer_id)
    JOIN customers c USING (shop_id, customer_id) JOIN orders o ON ${BY_PHONE} WHERE ${WAITING} AND ${ACTIVE}
  UNION ALL
  SELECT o.shop_id, o.order_id, c.customer_id, 1 FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, customer_id)
    JOIN customers c USING (shop_id, customer_id) JOIN orders o ON ${BY_EMAIL} WHERE ${WAITING} AND ${ACTIVE}`);

const OF_ORDERS = claim(`
  SELECT o.shop_id, o.order_id, c.customer_id, 0 AS rank FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id)
    JOIN orders o USING (shop_id, order_id) JOIN customers c ON ${BY_PHONE} WHERE ${WAITING} AND ${ACTIVE}
  UNION ALL
  SELECT o.shop_id, o.order_id, c.customer_id, 1 FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id)
    JOIN orders o USING (shop_id, order_id) JOIN customers c ON ${BY_EMAIL} WHERE ${WAITING} AND ${ACTIVE}`);

/** Of these shops, those in which a guest's order waits. */
const WITH_GUESTS = `
  SELECT k.shop_id FROM unnest($1::bigint[]) AS k (shop_id) WHERE EXISTS (SELECT 1 FROM orders o
    WHERE o.shop_id = k.shop_id AND ${WAITING} AND (o.email IS NOT NULL OR o.phone IS NOT NULL))`;

interface ClaimedRow {
  shop_id: bigint;
  order_id: bigint;
  claimed_by: bigint;
}

/**
 * Attributes guest orders to their customers: those that just came to customers who are known, and those that waited to the
 * customers who just came. Returns all of them, the ones that waited loaded and locked, in (shop, order) order.
 */
export async function adoptGuests(
  tx: Transaction,
  arrived: readonly KnownOrder[],
  customers: readonly CustomerKey[],
): Promise<KnownOrder[]> {
  const orders = await adoptArrived(tx, arrived);
  const known = new Set(orders.map((order) => orderKeyText(keyOfOrder(order))));
  const waited = (await adoptWaiting(tx, customers)).filter((key) => !known.has(orderKeyText(key)));
  return [...orders, ...(await loadOrders(tx, waited, 'lock'))].sort(byKey);
}

function byKey(a: KnownOrder, b: KnownOrder): number {
  if (a.shopId !== b.shopId) return a.shopId < b.shopId ? -1 : 1;
  return a.order.orderId < b.order.orderId ? -1 : 1;
}

/** Attributes new guest orders to known customers. Returns all orders, with the customer of each attributed one. */
export async function adoptArrived(tx: Transaction, orders: readonly KnownOrder[]): Promise<KnownOrder[]> {
  const guests = orders.filter(
    ({ order, claimedBy }) =>
      order.customerId === null && claimedBy === null && (order.email !== null || order.phone !== null),
  );
  if (guests.length === 0) return [...orders];
  const claims = await adoptOrders(tx, guests.map(keyOfOrder));
  return orders.map((known) => {
    const claimedBy = claims.get(orderKeyText(keyOfOrder(known)));
    return claimedBy === undefined ? known : { ...known, claimedBy };
  });
}

/** Attributes these orders to customers who have their phone or e-mail address. Returns who got which, by order key. */
export async function adoptOrders(tx: Transaction, keys: readonly OrderKey[]): Promise<Map<string, bigint>> {
  const { rows } = await tx.query<ClaimedRow>(OF_ORDERS, [
    bigintArray(keys.map(({ shopId }) => shopId)),
    bigintArray(keys.map(({ orderId }) => orderId)),
  ]);
  return new Map(
    rows.map((row) => [orderKeyText({ shopId: row.shop_id, orderId: row.order_id }), row.claimed_by]),
  );
}

/** Attributes waiting guest orders to these customers. Returns which: their rows are locked, nothing is posted. */
export async function adoptWaiting(tx: Transaction, customers: readonly CustomerKey[]): Promise<OrderKey[]> {
  if (customers.length === 0) return [];
  const shopIds = [...new Set(customers.map(({ shopId }) => shopId))];
  const { rows: shops } = await tx.query<{ shop_id: bigint }>(WITH_GUESTS, [bigintArray(shopIds)]);
  if (shops.length === 0) return [];
  const { rows } = await tx.query<ClaimedRow>(OF_CUSTOMERS, [
    bigintArray(customers.map(({ shopId }) => shopId)),
    bigintArray(customers.map(({ customerId }) => customerId)),
  ]);
  return rows.map((row) => ({ shopId: row.shop_id, orderId: row.order_id }));
}

const SWEEP_BATCH = 500;

/** An order and its customer that came at the same moment did not see each other: only new orders can be such. */
const RECENT = `
  SELECT o.shop_id, o.order_id FROM orders o
   WHERE ${WAITING} AND (o.email IS NOT NULL OR o.phone IS NOT NULL) AND o.received_at > clock_timestamp() - interval '1 day'
     AND (o.shop_id, o.order_id) > ($1, $2) ORDER BY 1, 2 LIMIT ${SWEEP_BATCH}`;

/** A page of the last day's guest orders that still wait for a customer, after this one. */
export async function listRecentGuests(db: Queryable, { shopId, orderId }: OrderKey): Promise<OrderKey[]> {
  const { rows } = await db.query<{ shop_id: bigint; order_id: bigint }>(RECENT, [shopId, orderId]);
  return rows.map((row) => ({ shopId: row.shop_id, orderId: row.order_id }));
}
