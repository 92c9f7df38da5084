/** Who owns an order's value: its customer, or the one who was given a guest's order; merged customers count as one. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { OrderState } from './rules/order-state.ts';

interface Owned {
  shopId: bigint;
  order: OrderState;
  claimedBy: bigint | null;
}

const LOCK_KEY = "hashtextextended('owners/' || shop_id, 0)";

/**
 * Keeps customers of these shops from being merged until this transaction ends, so that what is posted to an owner is
 * not left behind. Before any other lock.
 */
export async function lockOwnersShared(tx: Transaction, shopIds: readonly bigint[]): Promise<void> {
  await lockOwners(tx, 'pg_advisory_xact_lock_shared', shopIds);
}

/** Takes the exclusive lock: no other transaction can post to owners of these shops until this one ends. */
export async function lockOwnersExclusive(tx: Transaction, shopIds: readonly bigint[]): Promise<void> {
  await lockOwners(tx, 'pg_advisory_xact_lock', shopIds);
}

async function lockOwners(tx: Transaction, lock: string, shopIds: readonly bigint[]): Promise<void> {
  await tx.query(
    `SELECT ${lock}(${LOCK_KEY}) FROM (SELECT DISTINCT shop_id FROM unnest($1::bigint[]) AS k (shop_id) ORDER BY 1) k`,
    [bigintArray(shopIds)],
  );
}

/** Returns the same orders with `order.customerId` being the owner; null where none is known yet. */
export async function resolveOwners<T extends Owned>(db: Queryable, orders: readonly T[]): Promise<T[]> {
  const named = orders.map((one) => ({ one, customerId: one.order.customerId ?? one.claimedBy }));
  const merged = await readMerged(
    db,
    named.flatMap(({ one, customerId }) => (customerId === null ? [] : { shopId: one.shopId, customerId })),
  );
  return named.map(({ one, customerId }) => {
    const owner = customerId === null ? null : (merged.get(`${one.shopId}/${customerId}`) ?? customerId);
    return owner === one.order.customerId ? one : { ...one, order: { ...one.order, customerId: owner } };
  });
}

/** Where merged customers are now, by `shopId/customerId`. */
async function readMerged(
  db: Queryable,
  keys: readonly { shopId: bigint; customerId: bigint }[],
): Promise<Map<string, bigint>> {
  if (keys.length === 0) return new Map();
  const { rows } = await db.query<{ shop_id: bigint; customer_id: bigint; merged_into: bigint }>(
    `SELECT c.shop_id, c.customer_id, c.merged_into FROM customers c
     JOIN (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, customer_id)) k USING (shop_id, customer_id)
     WHERE c.merged_into IS NOT NULL`,
    [bigintArray(keys.map(({ shopId }) => shopId)), bigintArray(keys.map(({ customerId }) => customerId))],
  );
  return new Map(rows.map((row) => [`${row.shop_id}/${row.customer_id}`, row.merged_into]));
}
