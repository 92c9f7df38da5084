import { pool } from '#app/db.server.ts';
import {
  customerMetrics,
  type CustomerMetrics,
  type OrderSums,
} from '#app/modules/orders/rules/customer-metrics.ts';

interface Row extends OrderSums {
  firstDay: string | null;
  today: string;
  lifetimeMonths: number;
}

/** Reads the ten figures of a customer (F41-F50) from the stored sums of their orders. */
export async function readMetrics(shopId: bigint, customerId: bigint): Promise<CustomerMetrics> {
  const { rows } = await pool.query<Row>(
    `SELECT coalesce(c.orders_all, 0) AS "ordersAll", coalesce(c.orders_valid, 0) AS "ordersValid", coalesce(c.items, 0) AS items,
       coalesce(c.total_all_minor, 0) AS "totalAllMinor", coalesce(c.spend_minor, 0) AS "spendMinor",
       coalesce(c.other_currency_all, 0) AS "otherCurrencyAll", coalesce(c.other_currency_valid, 0) AS "otherCurrencyValid",
       c.first_order_at AS "firstOrderAt", c.last_order_at AS "lastOrderAt", c.latest_order_at AS "latestOrderAt",
       coalesce(c.active_months, 0) AS "activeMonths", coalesce(s.lifetime_months, 36) AS "lifetimeMonths",
       to_char(c.first_order_at AT TIME ZONE p.time_zone, 'YYYY-MM-DD') AS "firstDay",
       to_char(ledger_now() AT TIME ZONE p.time_zone, 'YYYY-MM-DD') AS today
     FROM shops p LEFT JOIN club_settings s USING (shop_id)
       LEFT JOIN customer_stats c ON c.shop_id = p.shop_id AND c.customer_id = $2
     WHERE p.shop_id = $1`,
    [shopId, customerId],
  );
  const [row] = rows;
  if (!row) throw new RangeError(`shop ${shopId} is not known`);
  return customerMetrics(row, row);
}
