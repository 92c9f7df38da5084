/** How customers came whom this app made at Shopify. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { CustomerOrigin } from './rules/customer-record.ts';

/** Notes how stored customers came, also where Shopify's webhook has stored them before. The first that is noted stays. */
export async function noteOrigin(
  tx: Transaction,
  shopId: bigint,
  customerIds: readonly bigint[],
  origin: Exclude<CustomerOrigin, 'shopify'>,
): Promise<void> {
  if (customerIds.length === 0) return;
  await tx.query(
    `UPDATE customers SET came_from = $3 WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND came_from = 'shopify'`,
    [shopId, bigintArray(customerIds), origin],
  );
}
