/**
 * Keeps what lists and segments ask of orders: each order's figures and lines, and the sums of their customers. Runs in
 * the transaction that stores the orders.
 */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import { readCurrencies } from '#app/modules/shops/find-shop.server.ts';
import { orderFigures, type FiguredOrder } from '../rules/order-figures.ts';
import { countBought, listBought, type BoughtKey } from './count-bought.server.ts';

/** An order as it is known now; `order.customerId` is its owner. */
export interface CountedOrder extends FiguredOrder {
  shopId: bigint;
}

/** A sign that no code has. */
const CODE_BREAK = '\u001f';

interface CustomerKey {
  shopId: bigint;
  customerId: bigint;
}

/** Stores the figures of these orders and recomputes their customers' totals. Replays change nothing. */
export async function refreshStats(tx: Transaction, orders: readonly CountedOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const before = await listBought(tx, orders);
  const written = await writeOrderFigures(tx, orders);
  const now = orders.flatMap(({ shopId, order }) =>
    order.customerId === null ? [] : { shopId, customerId: order.customerId },
  );
  await countCustomers(tx, [...before, ...now]);
  // Only now: the customers' rows are locked, so what other batches stored of their lines is visible.
  await countBought(tx, { before, written });
}

/** Returns who bought what by the written lines. */
async function writeOrderFigures(tx: Transaction, orders: readonly CountedOrder[]): Promise<BoughtKey[]> {
  const currencies = await readCurrencies(
    tx,
    orders.map(({ shopId }) => shopId),
  );
  const figures = orders.map((known) => ({
    ...known,
    figures: orderFigures(known, currencies.get(known.shopId) ?? null),
  }));
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
  await tx.query(
    `INSERT INTO order_lines AS l (shop_id, order_id, line_id, customer_id, product_id, variant_id, title, quantity, kept_quantity, net_minor, bought_at)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::int[],
       $9::int[], $10::bigint[], $11::timestamptz[])
     ON CONFLICT (shop_id, order_id, line_id) DO UPDATE SET customer_id = excluded.customer_id, product_id = excluded.product_id,
       variant_id = excluded.variant_id, title = excluded.title, quantity = excluded.quantity,
       kept_quantity = excluded.kept_quantity, net_minor = excluded.net_minor, bought_at = excluded.bought_at
     WHERE (l.customer_id, l.product_id, l.variant_id, l.title, l.quantity, l.kept_quantity, l.net_minor, l.bought_at) IS DISTINCT FROM
       (excluded.customer_id, excluded.product_id, excluded.variant_id, excluded.title, excluded.quantity, excluded.kept_quantity,
        excluded.net_minor, excluded.bought_at)`,
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
      timestampArray(lines.map((line) => line.boughtAt)),
    ],
  );
  return lines.flatMap(({ shopId, customerId, productId, variantId }) =>
    customerId === null ? [] : { shopId, customerId, productId, variantId: variantId ?? 0n },
  );
}

/** All orders of a customer `k` (shop_id, customer_id): their own, guests' orders that they were given, those of customers merged into them. */
export const ORDERS_OF = `(SELECT o.* FROM orders o JOIN (SELECT k.customer_id AS id UNION ALL
    SELECT m.customer_id FROM customers m WHERE m.shop_id = k.shop_id AND m.merged_into = k.customer_id) one ON o.customer_id = one.id
    WHERE o.shop_id = k.shop_id
  UNION ALL SELECT o.* FROM orders o WHERE o.shop_id = k.shop_id AND o.claimed_by = k.customer_id AND o.customer_id IS NULL)`;

/** Whether an order `o` counts (F41). */
export const IS_VALID = `NOT o.is_test AND o.cancelled_at IS NULL AND (o.financial IN ('paid', 'partially_refunded')
  OR o.eligible_at IS NOT NULL AND o.financial NOT IN ('refunded', 'voided'))`;

/**
 * Whether the money of an order `o` is of another currency than that of its shop `s`: it counts in no sum. `net_minor` of
 * orders and lines is zero then.
 */
export const IS_OTHER_CURRENCY = 'coalesce(o.currency <> s.currency, false)';

/** Whether money of an order `o` went back. */
const IS_REFUNDED = `NOT o.is_test AND o.financial IN ('partially_refunded', 'refunded')`;

/** What the sums are, for the customers `k`; the audit uses the same. */
export const COUNTED = `
  SELECT k.shop_id, k.customer_id, count(o.order_id)::int AS orders_all, (count(*) FILTER (WHERE ${IS_VALID}))::int AS orders_valid,
    coalesce(sum(o.items) FILTER (WHERE ${IS_VALID}), 0)::int AS items, coalesce(sum(o.total_minor) FILTER (WHERE NOT ${IS_OTHER_CURRENCY}), 0)::bigint AS total_all_minor,
    coalesce(sum(o.net_minor) FILTER (WHERE ${IS_VALID}), 0)::bigint AS spend_minor,
    min(o.processed_at) FILTER (WHERE ${IS_VALID}) AS first_order_at, max(o.processed_at) FILTER (WHERE ${IS_VALID}) AS last_order_at,
    (array_agg(o.processed_at ORDER BY o.processed_at DESC) FILTER (WHERE ${IS_VALID}))[2] AS before_last_order_at,
    (array_agg(o.order_id ORDER BY o.processed_at DESC, o.order_id DESC))[1] AS latest_order_id,
    max(o.processed_at) AS latest_order_at,
    (array_agg(CASE WHEN o.cancelled_at IS NULL THEN o.financial ELSE 'cancelled' END ORDER BY o.processed_at DESC, o.order_id DESC))[1]
      AS latest_order_status,
    coalesce(array_agg(DISTINCT o.source_name ORDER BY o.source_name) FILTER (WHERE ${IS_VALID} AND o.source_name IS NOT NULL), '{}') AS channels,
    ARRAY(SELECT DISTINCT d.code FROM unnest(string_to_array(string_agg(array_to_string(o.codes, '${CODE_BREAK}'), '${CODE_BREAK}')
      FILTER (WHERE ${IS_VALID} AND o.codes <> '{}'), '${CODE_BREAK}')) AS d (code) ORDER BY d.code) AS codes,
    (count(*) FILTER (WHERE ${IS_REFUNDED}))::int AS orders_refunded,
    coalesce(sum(o.total_minor) FILTER (WHERE NOT o.is_test AND o.financial IN ('paid', 'partially_refunded', 'refunded') AND NOT ${IS_OTHER_CURRENCY}), 0)::bigint AS paid_minor,
    coalesce(sum(o.total_minor - o.net_minor) FILTER (WHERE ${IS_REFUNDED} AND NOT ${IS_OTHER_CURRENCY}), 0)::bigint AS refunded_minor,
    (count(DISTINCT date_trunc('month', o.processed_at AT TIME ZONE s.time_zone)) FILTER (WHERE ${IS_VALID}))::int AS active_months,
    (count(*) FILTER (WHERE ${IS_OTHER_CURRENCY}))::int AS other_currency_all,
    (count(*) FILTER (WHERE ${IS_VALID} AND ${IS_OTHER_CURRENCY}))::int AS other_currency_valid
  FROM k JOIN shops s ON s.shop_id = k.shop_id LEFT JOIN LATERAL ${ORDERS_OF} o ON true GROUP BY 1, 2`;

const KEYS = `k AS (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS n (shop_id, customer_id))`;

/** Recomputes customers' totals. Their rows are locked first, so that of two batches the later sees what the other stored. */
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
       other_currency_all = n.other_currency_all, other_currency_valid = n.other_currency_valid,
       channels = n.channels, codes = n.codes, orders_refunded = n.orders_refunded, paid_minor = n.paid_minor, refunded_minor = n.refunded_minor,
       updated_at = clock_timestamp()
     FROM counted n WHERE c.shop_id = n.shop_id AND c.customer_id = n.customer_id`,
    keys,
  );
}
