/** Removing a customer: who has ordered leaves the club, who has not is deleted at Shopify and here. */
import { pool } from '#app/db.server.ts';
import { deleteCustomer } from '#app/integrations/shopify/customers.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { readBalances, type Balance } from '#app/modules/loyalty/ledger.queries.server.ts';

export interface RemovalView {
  /** Shopify keeps customers who have ordered. */
  hasOrders: boolean;
  balances: Balance[];
}

export type Removed = { ok: true; outcome: 'deleted' | 'left' } | { ok: false; errors: FieldErrors };

interface Shop {
  shopId: bigint;
  domain: string;
}

/** What is said before somebody is removed; null for one who is gone already. */
export async function readRemoval(shopId: bigint, customerId: bigint): Promise<RemovalView | null> {
  const [{ rows }, balances] = await Promise.all([
    pool.query<{ has_orders: boolean }>(
      `SELECT EXISTS (SELECT FROM orders o WHERE o.shop_id = $1 AND o.customer_id = $2)
         OR EXISTS (SELECT FROM orders o WHERE o.shop_id = $1 AND o.claimed_by = $2) AS has_orders
       FROM customers WHERE shop_id = $1 AND customer_id = $2 AND state = 'active' AND merged_into IS NULL`,
      [shopId, customerId],
    ),
    readBalances(pool, shopId, [customerId]),
  ]);
  const [row] = rows;
  return row ? { hasOrders: row.has_orders, balances } : null;
}

/**
 * Removes a customer. Shopify has the last word on whether somebody has ordered: orders that we may not see count too. May
 * come twice. Nothing is changed when Shopify does not answer.
 */
export async function removeCustomer(shop: Shop, customerId: bigint): Promise<Removed> {
  const view = await readRemoval(shop.shopId, customerId);
  if (!view) return { ok: false, errors: { form: { code: 'unknown_customer' } } };
  try {
    const outcome = view.hasOrders ? 'has_orders' : await deleteCustomer(shop.domain, customerId);
    await pool.query(outcome === 'deleted' ? MARK_DELETED : LEAVE, [shop.shopId, customerId]);
    return { ok: true, outcome: outcome === 'deleted' ? 'deleted' : 'left' };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shop: shop.domain, reason: safeErrorText(error) }, 'customer not removed');
    return { ok: false, errors: { form: { code: 'not_saved' } } };
  }
}

/** As the webhook customers/delete does, which follows; erasing personal data is customers/redact, which Shopify sends then. */
const MARK_DELETED = `
  UPDATE customers SET state = 'deleted', updated_at = clock_timestamp()
   WHERE shop_id = $1 AND customer_id = $2 AND state = 'active'`;

const END_MEMBERSHIP = `member_since = NULL, member_via = NULL,
  member_left_at = CASE WHEN member_since IS NULL THEN member_left_at ELSE club_now() END`;

const LEAVE = `
  UPDATE customers SET left_at = coalesce(left_at, club_now()), ${END_MEMBERSHIP}, updated_at = clock_timestamp()
   WHERE shop_id = $1 AND customer_id = $2 AND state = 'active'`;

/** Whoever left earns again from now on; answers whether there is such a customer. */
export async function bringBack(shopId: bigint, customerId: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE customers SET left_at = NULL, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND customer_id = $2 AND state = 'active' AND merged_into IS NULL`,
    [shopId, customerId],
  );
  return rowCount === 1;
}
