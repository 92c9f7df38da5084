/**
 * An order without a customer waits under its phone and e-mail; whoever has them first is given it, once, and it earns
 * by the rules of its own time (F130). Phone comes before e-mail; a customer whom Shopify names later wins (owners).
 */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { readClubs } from './club.server.ts';
import { keyOfOrder, loadOrders, orderKeyText, type KnownOrder, type OrderKey } from './orders.server.ts';
import { holdOwners, withOwners } from './owners.server.ts';
import { postOrders } from './post-orders.server.ts';

export interface CustomerKey {
  shopId: bigint;
  customerId: bigint;
}

const WAITING = 'o.customer_id IS NULL AND o.claimed_by IS NULL';
const LIVING = "c.state = 'active' AND c.merged_into IS NULL";
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
    JOIN customers c USING (shop_id, customer_id) JOIN orders o ON ${BY_PHONE} WHERE ${WAITING} AND ${LIVING}
  UNION ALL
  SELECT o.shop_id, o.order_id, c.customer_id, 1 FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, customer_id)
    JOIN customers c USING (shop_id, customer_id) JOIN orders o ON ${BY_EMAIL} WHERE ${WAITING} AND ${LIVING}`);

const OF_ORDERS = claim(`
  SELECT o.shop_id, o.order_id, c.customer_id, 0 AS rank FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id)
    JOIN orders o USING (shop_id, order_id) JOIN customers c ON ${BY_PHONE} WHERE ${WAITING} AND ${LIVING}
  UNION ALL
  SELECT o.shop_id, o.order_id, c.customer_id, 1 FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id)
    JOIN orders o USING (shop_id, order_id) JOIN customers c ON ${BY_EMAIL} WHERE ${WAITING} AND ${LIVING}`);

/** Of these shops, those in which any guest waits. */
const WITH_GUESTS = `
  SELECT k.shop_id FROM unnest($1::bigint[]) AS k (shop_id) WHERE EXISTS (SELECT 1 FROM orders o
    WHERE o.shop_id = k.shop_id AND ${WAITING} AND (o.email IS NOT NULL OR o.phone IS NOT NULL))`;

interface ClaimedRow {
  shop_id: bigint;
  order_id: bigint;
  claimed_by: bigint;
}

/** Gives guests' orders that just came to customers who are known already; answers all orders, claims noted. */
export async function claimArrived(tx: Transaction, orders: readonly KnownOrder[]): Promise<KnownOrder[]> {
  const guests = orders.filter(
    ({ order, claimedBy }) =>
      order.customerId === null && claimedBy === null && (order.email !== null || order.phone !== null),
  );
  if (guests.length === 0) return [...orders];
  const claims = await claimOrders(tx, guests.map(keyOfOrder));
  return orders.map((known) => {
    const claimedBy = claims.get(orderKeyText(keyOfOrder(known)));
    return claimedBy === undefined ? known : { ...known, claimedBy };
  });
}

async function claimOrders(tx: Transaction, keys: readonly OrderKey[]): Promise<Map<string, bigint>> {
  const { rows } = await tx.query<ClaimedRow>(OF_ORDERS, [
    bigintArray(keys.map(({ shopId }) => shopId)),
    bigintArray(keys.map(({ orderId }) => orderId)),
  ]);
  return new Map(
    rows.map((row) => [orderKeyText({ shopId: row.shop_id, orderId: row.order_id }), row.claimed_by]),
  );
}

/** Gives these customers the guests' orders that waited for them; answers which, not posted yet, their rows locked. */
export async function claimWaiting(tx: Transaction, customers: readonly CustomerKey[]): Promise<OrderKey[]> {
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

/** Gives these customers what waited for them and posts what it earns. The caller holds the owners. */
export async function claimGuestOrders(tx: Transaction, customers: readonly CustomerKey[]): Promise<void> {
  await postClaimed(tx, await claimWaiting(tx, customers));
}

async function postClaimed(tx: Transaction, keys: readonly OrderKey[]): Promise<void> {
  if (keys.length === 0) return;
  const clubs = await readClubs(tx, [...new Set(keys.map(({ shopId }) => shopId))]);
  await postOrders(tx, await withOwners(tx, await loadOrders(tx, keys, 'lock')), clubs);
}

const SWEEP_BATCH = 500;

/** An order and its customer that came at the same moment did not see each other: only new orders can be such. */
const RECENT = `
  SELECT o.shop_id, o.order_id FROM orders o
   WHERE ${WAITING} AND (o.email IS NOT NULL OR o.phone IS NOT NULL) AND o.received_at > clock_timestamp() - interval '1 day'
     AND (o.shop_id, o.order_id) > ($1, $2) ORDER BY 1, 2 LIMIT ${SWEEP_BATCH}`;

/** Looks once more for the customers of the last day's guests; answers how many orders were claimed. */
export async function sweepGuestOrders(signal?: AbortSignal): Promise<number> {
  let claimed = 0;
  let after: OrderKey | undefined = { shopId: 0n, orderId: 0n };
  while (after && !signal?.aborted) {
    const page: Page = await sweepPage(after);
    claimed += page.claimed;
    after = page.last;
  }
  return claimed;
}

interface Page {
  claimed: number;
  /** The last order that was looked at; undefined behind the end. */
  last: OrderKey | undefined;
}

async function sweepPage({ shopId, orderId }: OrderKey): Promise<Page> {
  const { rows } = await pool.query<Omit<ClaimedRow, 'claimed_by'>>(RECENT, [shopId, orderId]);
  const keys = rows.map((row) => ({ shopId: row.shop_id, orderId: row.order_id }));
  if (keys.length === 0) return { claimed: 0, last: undefined };
  const claimed = await withTransaction(async (tx) => {
    await holdOwners(
      tx,
      keys.map((key) => key.shopId),
    );
    const claims = await claimOrders(tx, keys);
    await postClaimed(
      tx,
      keys.filter((key) => claims.has(orderKeyText(key))),
    );
    return claims.size;
  });
  return { claimed, last: keys.at(-1) };
}
