import { pool } from '#app/db.server.ts';

/**
 * Ends a customer's membership: orders made from now on are a non-member's, points stay. Spending alone does not make
 * them a member again. Returns whether there is such a customer.
 */
export async function leaveClub(shopId: bigint, customerId: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE customers SET member_since = NULL, member_via = NULL,
       member_left_at = CASE WHEN member_since IS NULL THEN member_left_at ELSE ledger_now() END, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId],
  );
  return rowCount === 1;
}
