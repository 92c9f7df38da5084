import { pool, type Queryable } from '#app/db.server.ts';
import {
  DEFAULT_LIFECYCLE,
  lifecycleGroup,
  type LifecycleGroup,
  type LifecycleSettings,
  type OrderDays,
} from './rules/lifecycle.ts';

/** The shop's groups as of a day: its settings, and the moments at which their days begin in its time zone. */
export interface Lifecycle {
  settings: LifecycleSettings;
  timeZone: string;
  /** `YYYY-MM-DD` */
  today: string;
  /** Who first ordered since then may be new. */
  newSince: Date;
  /** Who last ordered since then may be regular. */
  regularSince: Date;
  /** Who last ordered before then may be lapsed. */
  lapsedBefore: Date;
}

interface Row extends Omit<Lifecycle, 'settings'>, LifecycleSettings {}

/** The groups of this shop today. Throws for a shop that is not there. */
export async function readLifecycle(db: Queryable, shopId: bigint): Promise<Lifecycle> {
  const since = (days: string) => `((d.today - ${days})::timestamp AT TIME ZONE s.time_zone)`;
  const { rows } = await db.query<Row>(
    `SELECT s.time_zone AS "timeZone", d.today::text AS today, v.*, ${since('v."newDays"')} AS "newSince",
       ${since('v."regularDays"')} AS "regularSince", ${since('v."lapsedDays"')} AS "lapsedBefore"
     FROM shops s LEFT JOIN club_settings c USING (shop_id)
       CROSS JOIN LATERAL (SELECT (club_now() AT TIME ZONE s.time_zone)::date AS today) d
       CROSS JOIN LATERAL (SELECT coalesce(c.new_customer_days, $2) AS "newDays", coalesce(c.regular_days, $3) AS "regularDays",
         coalesce(c.lapsed_orders, $4) AS "lapsedOrders", coalesce(c.lapsed_days, $5) AS "lapsedDays") v
     WHERE s.shop_id = $1`,
    [
      shopId,
      DEFAULT_LIFECYCLE.newDays,
      DEFAULT_LIFECYCLE.regularDays,
      DEFAULT_LIFECYCLE.lapsedOrders,
      DEFAULT_LIFECYCLE.lapsedDays,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error(`there is no shop ${shopId}`);
  const { newDays, regularDays, lapsedOrders, lapsedDays, ...days } = row;
  return { settings: { newDays, regularDays, lapsedOrders, lapsedDays }, ...days };
}

/** Where a customer of this shop stands today, by their kept sums; null for no group. */
export async function readLifecycleGroup(shopId: bigint, customerId: bigint): Promise<LifecycleGroup | null> {
  const lifecycle = await readLifecycle(pool, shopId);
  const day = (column: string) => `to_char(${column} AT TIME ZONE $3, 'YYYY-MM-DD')`;
  const { rows } = await pool.query<OrderDays>(
    `SELECT orders_valid AS orders, ${day('first_order_at')} AS first, ${day('last_order_at')} AS last,
       ${day('before_last_order_at')} AS "beforeLast"
     FROM customer_stats WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId, lifecycle.timeZone],
  );
  const [row] = rows;
  return row ? lifecycleGroup(row, lifecycle.today, lifecycle.settings) : null;
}
