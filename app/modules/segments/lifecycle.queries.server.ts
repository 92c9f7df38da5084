import { pool } from '#app/db.server.ts';
import { momentNow } from './read-moment.server.ts';
import { lifecycleGroup, type LifecycleGroup, type OrderDays } from './rules/lifecycle.ts';

/** Reads the group of a customer today, from the stored sums; null for no group. */
export async function readLifecycleGroup(shopId: bigint, customerId: bigint): Promise<LifecycleGroup | null> {
  const { today, timeZone, lifecycle } = await momentNow(shopId);
  const day = (column: string) => `to_char(${column} AT TIME ZONE $3, 'YYYY-MM-DD')`;
  const { rows } = await pool.query<OrderDays>(
    `SELECT orders_valid AS orders, ${day('first_order_at')} AS first, ${day('last_order_at')} AS last,
       ${day('before_last_order_at')} AS "beforeLast"
     FROM customer_stats WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId, timeZone],
  );
  const [row] = rows;
  return row ? lifecycleGroup(row, today, lifecycle) : null;
}
