import type { Queryable } from '#app/db.server.ts';

/** Whether rules apply to this customer in trial mode, and before the club is launched. */
export async function isTestCustomer(
  db: Queryable,
  { shopId, customerId }: { shopId: bigint; customerId: bigint },
): Promise<boolean> {
  const { rowCount } = await db.query(
    'SELECT FROM customers WHERE shop_id = $1 AND customer_id = $2 AND is_trial',
    [shopId, customerId],
  );
  return rowCount === 1;
}
