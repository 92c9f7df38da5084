/** Removes a customer: one with orders leaves the club, one without is deleted at Shopify and here. */
import { pool } from '#app/db.server.ts';
import { deleteCustomer } from '#app/integrations/shopify/customers.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { bringBack, markDeleted, markLeft } from '#app/modules/customers/remove-records.server.ts';
import { readBalances, type Balance } from '#app/modules/ledger/balances.queries.server.ts';

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

/** Reads what staff see before they remove a customer; null for one that is removed already. */
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
 * Removes a customer. Shopify decides whether a customer has orders: those that we cannot see count too. Idempotent.
 * Nothing is changed when Shopify does not respond.
 */
export async function removeCustomer(shop: Shop, customerId: bigint): Promise<Removed> {
  const view = await readRemoval(shop.shopId, customerId);
  if (!view) return { ok: false, errors: { form: { code: 'unknown_customer' } } };
  try {
    const outcome = view.hasOrders ? 'has_orders' : await deleteCustomer(shop.domain, customerId);
    const mark = outcome === 'deleted' ? markDeleted : markLeft;
    await mark(pool, shop.shopId, customerId);
    return { ok: true, outcome: outcome === 'deleted' ? 'deleted' : 'left' };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shop: shop.domain, reason: safeErrorText(error) }, 'customer not removed');
    return { ok: false, errors: { form: { code: 'not_saved' } } };
  }
}

/** Brings a removed customer back. Returns whether there is such a customer. */
export function restoreCustomer(shopId: bigint, customerId: bigint): Promise<boolean> {
  return bringBack(pool, shopId, customerId);
}
