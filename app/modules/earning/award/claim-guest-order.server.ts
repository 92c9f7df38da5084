/** A guest's order that its buyer claims after signing in. */
import { pool } from '#app/db.server.ts';
import { adoptOne } from './award-adopted.server.ts';

export type ClaimOrderResult = { ok: true } | { ok: false; reason: 'unknown_order' | 'other_address' };

interface OwnerRow {
  owner: bigint | null;
  /** The customer has the order's e-mail address or phone, as Shopify knows them. */
  isTheirs: boolean;
}

/**
 * Attributes a guest's order to the customer who asks for it, if the order has the address that Shopify knows them by:
 * they signed in with it. What it earns is posted by the rules of its own time. An order that is theirs already is fine.
 */
export async function claimGuestOrder(
  shopId: bigint,
  customerId: bigint,
  orderId: bigint,
): Promise<ClaimOrderResult> {
  const before = await readOwner(shopId, customerId, orderId);
  if (!before) return { ok: false, reason: 'unknown_order' };
  if (before.owner === customerId) return { ok: true };
  if (before.owner !== null || !before.isTheirs) return { ok: false, reason: 'other_address' };
  await adoptOne({ shopId, orderId });
  const after = await readOwner(shopId, customerId, orderId);
  // Phone comes before e-mail: another customer may have been given it.
  return after?.owner === customerId ? { ok: true } : { ok: false, reason: 'other_address' };
}

async function readOwner(shopId: bigint, customerId: bigint, orderId: bigint): Promise<OwnerRow | null> {
  const { rows } = await pool.query<OwnerRow>(
    `SELECT coalesce(o.customer_id, o.claimed_by) AS owner,
       coalesce(lower(o.email) = c.email OR o.phone = c.phone, false) AS "isTheirs"
     FROM orders o LEFT JOIN customers c ON c.shop_id = o.shop_id AND c.customer_id = $2
       AND c.state = 'active' AND c.merged_into IS NULL
     WHERE o.shop_id = $1 AND o.order_id = $3`,
    [shopId, customerId, orderId],
  );
  return rows[0] ?? null;
}
