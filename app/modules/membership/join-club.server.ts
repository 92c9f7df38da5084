import { pool } from '#app/db.server.ts';

export type JoinedVia = 'shopper' | 'staff';

export type JoinAnswer = { ok: true } | { ok: false; reason: 'closed' | 'unknown_customer' };

/**
 * Makes a customer a member from now on; a member stays one since they joined. Shoppers can join if the shop lets
 * them, in a category with the club. A customer who is not known yet, because their first order is still on its
 * way, is added.
 */
export async function joinClub(shopId: bigint, customerId: bigint, via: JoinedVia): Promise<JoinAnswer> {
  return via === 'staff' ? joinByStaff(shopId, customerId) : joinByShopper(shopId, customerId);
}

const AS_MEMBER = `member_via = CASE WHEN customers.member_since IS NULL THEN $3 ELSE customers.member_via END,
  member_since = coalesce(customers.member_since, ledger_now()), member_left_at = NULL, updated_at = clock_timestamp()`;

async function joinByStaff(shopId: bigint, customerId: bigint): Promise<JoinAnswer> {
  const { rowCount } = await pool.query(
    `UPDATE customers SET ${AS_MEMBER}, left_at = NULL
     WHERE shop_id = $1 AND customer_id = $2 AND state = 'active' AND merged_into IS NULL`,
    [shopId, customerId, 'staff'],
  );
  return rowCount ? { ok: true } : { ok: false, reason: 'unknown_customer' };
}

async function joinByShopper(shopId: bigint, customerId: bigint): Promise<JoinAnswer> {
  const { rows } = await pool.query<{ isOpen: boolean }>(
    `SELECT coalesce(s.self_join, false) AND coalesce(g.loyalty_enabled, true) AND c.left_at IS NULL AS "isOpen"
     FROM (SELECT $1::bigint AS shop_id, $2::bigint AS customer_id) k
       LEFT JOIN club_settings s USING (shop_id) LEFT JOIN customers c USING (shop_id, customer_id)
       LEFT JOIN categories g ON g.shop_id = k.shop_id
         AND (g.category_id = c.category_id OR (c.category_id IS NULL AND g.is_default))`,
    [shopId, customerId],
  );
  if (!rows[0]?.isOpen) return { ok: false, reason: 'closed' };
  const { rowCount } = await pool.query(
    `INSERT INTO customers (shop_id, customer_id, member_since, member_via) VALUES ($1, $2, ledger_now(), $3)
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET ${AS_MEMBER}
     WHERE customers.state = 'active' AND customers.merged_into IS NULL`,
    [shopId, customerId, 'shopper'],
  );
  return rowCount ? { ok: true } : { ok: false, reason: 'unknown_customer' };
}
