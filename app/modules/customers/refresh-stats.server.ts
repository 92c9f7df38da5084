/**
 * Keeps what lists and segments ask of orders: each order's figures and lines, and the sums of their customers. Runs in
 * the transaction that stores the orders.
 */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { OrderRefund, OrderState } from '#app/modules/loyalty/rules/order-state.ts';
import { orderFigures } from './rules/order-figures.ts';

/** An order as it is known now; `order.customerId` is whoever it belongs to. */
export interface CountedOrder {
  shopId: bigint;
  order: OrderState;
  refunds: readonly OrderRefund[];
}

interface CustomerKey {
  shopId: bigint;
  customerId: bigint;
}

/** Stores the figures of these orders and counts their customers anew. Replays change nothing. */
export async function refreshStats(tx: Transaction, orders: readonly CountedOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const before = await writeOrderFigures(tx, orders);
  const now = orders.flatMap(({ shopId, order }) =>
    order.customerId === null ? [] : { shopId, customerId: order.customerId },
  );
  await countCustomers(tx, [...before, ...now]);
}

/** Answers the customers to whom lines belonged before and who may have lost them. */
async function writeOrderFigures(tx: Transaction, orders: readonly CountedOrder[]): Promise<CustomerKey[]> {
  const figures = orders.map((known) => ({ ...known, figures: orderFigures(known.order, known.refunds) }));
  await tx.query(
    `UPDATE orders o SET net_minor = n.net_minor, items = n.items
     FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[]) AS n (shop_id, order_id, net_minor, items)
     WHERE o.shop_id = n.shop_id AND o.order_id = n.order_id AND (o.net_minor, o.items) IS DISTINCT FROM (n.net_minor, n.items)`,
    [
      bigintArray(figures.map(({ shopId }) => shopId)),
      bigintArray(figures.map(({ order }) => order.orderId)),
      bigintArray(figures.map((known) => known.figures.netMinor)),
      figures.map((known) => known.figures.items),
    ],
  );
  const lines = figures.flatMap(({ shopId, order, figures: { lines: own } }) =>
    own.map((line) => ({ ...line, shopId, orderId: order.orderId, customerId: order.customerId })),
  );
  const { rows } = await tx.query<{ shop_id: bigint; customer_id: bigint }>(
    `WITH given AS (
       SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::int[],
         $9::int[], $10::bigint[]) AS n (shop_id, order_id, line_id, customer_id, product_id, variant_id, title, quantity, kept_quantity, net_minor)),
     lost AS (
       SELECT DISTINCT l.shop_id, l.customer_id FROM order_lines l JOIN given n USING (shop_id, order_id, line_id)
       WHERE l.customer_id IS DISTINCT FROM n.customer_id AND l.customer_id IS NOT NULL),
     written AS (
       INSERT INTO order_lines AS l (shop_id, order_id, line_id, customer_id, product_id, variant_id, title, quantity, kept_quantity, net_minor)
       SELECT * FROM given
       ON CONFLICT (shop_id, order_id, line_id) DO UPDATE SET customer_id = excluded.customer_id, product_id = excluded.product_id,
         variant_id = excluded.variant_id, title = excluded.title, quantity = excluded.quantity,
         kept_quantity = excluded.kept_quantity, net_minor = excluded.net_minor
       WHERE (l.customer_id, l.product_id, l.variant_id, l.title, l.quantity, l.kept_quantity, l.net_minor) IS DISTINCT FROM
         (excluded.customer_id, excluded.product_id, excluded.variant_id, excluded.title, excluded.quantity, excluded.kept_quantity, excluded.net_minor))
     SELECT shop_id, customer_id FROM lost`,
    [
      bigintArray(lines.map((line) => line.shopId)),
      bigintArray(lines.map((line) => line.orderId)),
      bigintArray(lines.map((line) => line.lineId)),
      bigintArray(lines.map((line) => line.customerId)),
      bigintArray(lines.map((line) => line.productId)),
      bigintArray(lines.map((line) => line.variantId)),
      lines.map((line) => line.title),
      lines.map((line) => line.quantity),
      lines.map((line) => line.keptQuantity),
      bigintArray(lines.map((line) => line.netMinor)),
    ],
  );
  return rows.map((row) => ({ shopId: row.shop_id, customerId: row.customer_id }));
}

/** All orders of a customer `k` (shop_id, customer_id): their own, those they claimed, those of whoever was merged into them. */
export const ORDERS_OF = `(SELECT o.* FROM orders o JOIN (SELECT k.customer_id AS id UNION ALL
    SELECT m.customer_id FROM customers m WHERE m.shop_id = k.shop_id AND m.merged_into = k.customer_id) one ON o.customer_id = one.id
    WHERE o.shop_id = k.shop_id
  UNION ALL SELECT o.* FROM orders o WHERE o.shop_id = k.shop_id AND o.claimed_by = k.customer_id AND o.customer_id IS NULL)`;

/** Whether an order `o` counts (F41). */
export const IS_VALID = `NOT o.is_test AND o.cancelled_at IS NULL AND o.financial IN ('paid', 'partially_refunded')`;

/** What the sums are, for the customers `k`; the audit uses the same. */
export const COUNTED = `
  SELECT k.shop_id, k.customer_id, count(o.order_id)::int AS orders_all, (count(*) FILTER (WHERE ${IS_VALID}))::int AS orders_valid,
    coalesce(sum(o.items) FILTER (WHERE ${IS_VALID}), 0)::int AS items, coalesce(sum(o.total_minor), 0)::bigint AS total_all_minor,
    coalesce(sum(o.net_minor) FILTER (WHERE ${IS_VALID}), 0)::bigint AS spend_minor,
    min(o.processed_at) FILTER (WHERE ${IS_VALID}) AS first_order_at, max(o.processed_at) FILTER (WHERE ${IS_VALID}) AS last_order_at,
    (array_agg(o.processed_at ORDER BY o.processed_at DESC) FILTER (WHERE ${IS_VALID}))[2] AS before_last_order_at,
    (array_agg(o.order_id ORDER BY o.processed_at DESC, o.order_id DESC))[1] AS latest_order_id,
    max(o.processed_at) AS latest_order_at,
    (array_agg(CASE WHEN o.cancelled_at IS NULL THEN o.financial ELSE 'cancelled' END ORDER BY o.processed_at DESC, o.order_id DESC))[1]
      AS latest_order_status,
    (count(DISTINCT date_trunc('month', o.processed_at AT TIME ZONE s.time_zone)) FILTER (WHERE ${IS_VALID}))::int AS active_months
  FROM k JOIN shops s ON s.shop_id = k.shop_id LEFT JOIN LATERAL ${ORDERS_OF} o ON true GROUP BY 1, 2`;

const KEYS = `k AS (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS n (shop_id, customer_id))`;

/** Counts customers anew. Their rows are locked first, so that of two batches the later sees what the other stored. */
export async function countCustomers(tx: Transaction, customers: readonly CustomerKey[]): Promise<void> {
  if (customers.length === 0) return;
  const keys = [
    bigintArray(customers.map(({ shopId }) => shopId)),
    bigintArray(customers.map(({ customerId }) => customerId)),
  ];
  await tx.query(
    `WITH ${KEYS} INSERT INTO customer_stats AS c (shop_id, customer_id) SELECT * FROM k ORDER BY 1, 2
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET updated_at = c.updated_at`,
    keys,
  );
  await tx.query(
    `WITH ${KEYS}, counted AS (${COUNTED})
     UPDATE customer_stats c SET orders_all = n.orders_all, orders_valid = n.orders_valid, items = n.items,
       total_all_minor = n.total_all_minor, spend_minor = n.spend_minor, first_order_at = n.first_order_at,
       last_order_at = n.last_order_at, before_last_order_at = n.before_last_order_at, latest_order_id = n.latest_order_id,
       latest_order_at = n.latest_order_at, latest_order_status = n.latest_order_status, active_months = n.active_months,
       updated_at = clock_timestamp()
     FROM counted n WHERE c.shop_id = n.shop_id AND c.customer_id = n.customer_id`,
    keys,
  );
}
