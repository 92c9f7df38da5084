/** A customer is deleted at Shopify, leaves the club, or comes back. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { readId, readObject } from '#app/lib/decode.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';

/** Marks a customer as deleted at Shopify; value and history stay. Personal data goes with customers/redact. */
export async function markDeleted(db: Queryable, shopId: bigint, customerId: bigint): Promise<void> {
  await db.query(
    `INSERT INTO customers (shop_id, customer_id, state) VALUES ($1, $2, 'deleted')
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET state = 'deleted', updated_at = clock_timestamp()
     WHERE customers.state = 'active'`,
    [shopId, customerId],
  );
}

/**
 * Processes one customers/delete event.
 * @throws DecodeError when the payload cannot be read.
 */
export async function deleteCustomer(tx: Transaction, event: ShopEvent): Promise<void> {
  const customerId = readId(readObject(event.payload, 'customer'), 'customer');
  await markDeleted(tx, event.shopId, customerId);
}

/** Marks a customer as removed by staff: not a member, and earning nothing until brought back. */
export async function markLeft(db: Queryable, shopId: bigint, customerId: bigint): Promise<void> {
  await db.query(
    `UPDATE customers SET left_at = coalesce(left_at, ledger_now()), member_since = NULL, member_via = NULL,
       member_left_at = CASE WHEN member_since IS NULL THEN member_left_at ELSE ledger_now() END, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND customer_id = $2 AND state = 'active'`,
    [shopId, customerId],
  );
}

/** Lets a removed customer earn again from now on. Returns whether there is such a customer. */
export async function bringBack(db: Queryable, shopId: bigint, customerId: bigint): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE customers SET left_at = NULL, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND customer_id = $2 AND state = 'active' AND merged_into IS NULL`,
    [shopId, customerId],
  );
  return rowCount === 1;
}
