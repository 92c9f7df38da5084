import { pool } from '#app/db.server.ts';
import { lifecycleGroup, type LifecycleGroup } from './rules/lifecycle.ts';

/** Enough to tell the groups apart: whoever ordered more often is not new any more. */
const ORDERS_LOOKED_AT = 50;

/** Where a customer of this shop stands today, by valid orders (paid, not cancelled, no tests); null for no group. */
export async function readLifecycleGroup(shopId: bigint, customerId: bigint): Promise<LifecycleGroup | null> {
  const { rows } = await pool.query<{ days: string[] | null; today: string }>(
    `SELECT to_char(club_now() AT TIME ZONE s.time_zone, 'YYYY-MM-DD') AS today,
       (SELECT array_agg(to_char(o.processed_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD') ORDER BY o.processed_at)
        FROM (SELECT processed_at FROM orders WHERE shop_id = s.shop_id AND customer_id = $2 AND NOT is_test
          AND cancelled_at IS NULL AND financial IN ('paid', 'partially_refunded')
          ORDER BY processed_at DESC LIMIT $3) o) AS days
     FROM shops s WHERE s.shop_id = $1`,
    [shopId, customerId, ORDERS_LOOKED_AT],
  );
  const [row] = rows;
  return row ? lifecycleGroup(row.days ?? [], row.today) : null;
}
