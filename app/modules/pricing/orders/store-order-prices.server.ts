/** Orders keep which of their discounts are prices of ours, and categories what they sold and gave. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray, jsonArray } from '#app/lib/pg-arrays.ts';
import { IS_OTHER_CURRENCY, IS_VALID } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { orderKeyText, type KnownOrder } from '#app/modules/orders/known-order.ts';
import { listOrderPrices, type OrderPrice, type OrderTerms } from '../rules/order-prices.ts';
import { loadOrderPrices, storedPrices } from './order-prices-json.ts';

type PricedOrder = Pick<KnownOrder, 'shopId' | 'order' | 'refunds'>;

interface Context extends Omit<OrderTerms, 'lists'> {
  shop_id: bigint;
  order_id: bigint;
  /** The rules as they were published before these: an order may be as old. */
  before: unknown;
  category_id: bigint;
  prices: unknown;
}

const CONTEXTS = `
  SELECT k.shop_id, k.order_id, ps.written AS rules, ps.written_before AS before, pc.written AS person,
    to_char(o.processed_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD') AS date,
    coalesce(p.category_id, c.category_id, g.category_id) AS category_id, p.prices
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS k (shop_id, order_id, customer_id)
    JOIN price_settings ps USING (shop_id) JOIN shops s USING (shop_id) JOIN orders o USING (shop_id, order_id)
    JOIN categories g ON g.shop_id = k.shop_id AND g.is_default
    LEFT JOIN customers c ON c.shop_id = k.shop_id AND c.customer_id = k.customer_id
    LEFT JOIN price_customers pc ON pc.shop_id = k.shop_id AND pc.customer_id = k.customer_id
    LEFT JOIN order_prices p ON p.shop_id = k.shop_id AND p.order_id = k.order_id`;

const ADD = `
  INSERT INTO order_prices (shop_id, order_id, category_id)
  SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) ORDER BY 1, 2 ON CONFLICT (shop_id, order_id) DO NOTHING`;

/** What changed of orders is added to their categories' months; categories in one order, so that batches don't deadlock. */
const STORE = `
  WITH n AS (SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::jsonb[], $4::bigint[]) AS n (shop_id, order_id, prices, discount_minor)),
  figures AS (SELECT n.shop_id, n.order_id, n.prices, date_trunc('month', o.processed_at AT TIME ZONE s.time_zone)::date AS month,
      (${IS_VALID})::int AS orders, CASE WHEN ${IS_VALID} THEN o.net_minor ELSE 0 END AS sales_minor,
      CASE WHEN ${IS_VALID} AND NOT ${IS_OTHER_CURRENCY} THEN n.discount_minor ELSE 0 END AS discount_minor
    FROM n JOIN orders o USING (shop_id, order_id) JOIN shops s USING (shop_id)),
  old AS (SELECT p.* FROM order_prices p JOIN n USING (shop_id, order_id) ORDER BY p.shop_id, p.order_id FOR NO KEY UPDATE OF p),
  stored AS (UPDATE order_prices p SET prices = f.prices, month = f.month, orders = f.orders, sales_minor = f.sales_minor,
      discount_minor = f.discount_minor
    FROM figures f JOIN old USING (shop_id, order_id) WHERE p.shop_id = f.shop_id AND p.order_id = f.order_id
      AND (p.prices, p.month, p.orders, p.sales_minor, p.discount_minor) IS DISTINCT FROM (f.prices, f.month, f.orders, f.sales_minor, f.discount_minor)
    RETURNING p.*),
  changes AS (SELECT shop_id, category_id, month, orders, sales_minor, discount_minor FROM stored
    UNION ALL SELECT o.shop_id, o.category_id, o.month, -o.orders, -o.sales_minor, -o.discount_minor
      FROM old o JOIN stored USING (shop_id, order_id) WHERE o.month IS NOT NULL)
  INSERT INTO category_sales AS s (shop_id, category_id, month, orders, sales_minor, discount_minor)
  SELECT shop_id, category_id, month, sum(orders), sum(sales_minor), sum(discount_minor) FROM changes GROUP BY 1, 2, 3
   HAVING (sum(orders), sum(sales_minor), sum(discount_minor)) <> (0, 0, 0) ORDER BY 1, 2, 3
  ON CONFLICT (shop_id, category_id, month) DO UPDATE SET orders = s.orders + excluded.orders,
    sales_minor = s.sales_minor + excluded.sales_minor, discount_minor = s.discount_minor + excluded.discount_minor`;

/**
 * Stores the prices of ours on these orders, each once, locked, with its figures refreshed and `customerId` its owner. The last
 * thing of a transaction: it locks the sums of categories. Replays change nothing. Shops that never had prices are left out.
 */
export async function storeOrderPrices(tx: Transaction, orders: readonly PricedOrder[]): Promise<void> {
  const owned = orders.filter(({ order }) => order.customerId !== null);
  if (owned.length === 0) return;
  const { rows } = await tx.query<Context>(CONTEXTS, [
    bigintArray(owned.map(({ shopId }) => shopId)),
    bigintArray(owned.map(({ order }) => order.orderId)),
    bigintArray(owned.map(({ order }) => order.customerId)),
  ]);
  if (rows.length === 0) return;
  const contexts = new Map(
    rows.map((row) => [orderKeyText({ shopId: row.shop_id, orderId: row.order_id }), row]),
  );
  const lists = await readLists(tx, owned);
  const priced = owned.flatMap((one) => {
    const context = contexts.get(orderKeyText({ shopId: one.shopId, orderId: one.order.orderId }));
    return context
      ? [{ ...one, context, prices: pricesOf(one, context, lists.get(one.shopId) ?? new Map()) }]
      : [];
  });
  const keys = [
    bigintArray(priced.map(({ shopId }) => shopId)),
    bigintArray(priced.map(({ order }) => order.orderId)),
  ];
  await tx.query(ADD, [...keys, bigintArray(priced.map(({ context }) => context.category_id))]);
  await tx.query(STORE, [
    ...keys,
    jsonArray(priced.map(({ prices }) => storedPrices(prices))),
    bigintArray(priced.map(({ prices }) => sumKept(prices))),
  ]);
}

function pricesOf(
  { order, refunds }: PricedOrder,
  { before, prices, ...terms }: Context,
  lists: ReadonlyMap<bigint, unknown>,
): OrderPrice[] {
  const known = loadOrderPrices(prices);
  const found = listOrderPrices(order, refunds, { ...terms, lists }, known);
  if (before === null || found.length === order.automatic.length) return found;
  return listOrderPrices(order, refunds, { ...terms, lists, rules: before }, [...known, ...found]);
}

/** What the prices took off and did not go back. */
const sumKept = (prices: readonly OrderPrice[]): bigint =>
  prices.reduce((sum, { amountMinor, returnedMinor }) => sum + amountMinor - returnedMinor, 0n);

/** The list prices of variants from which an amount is off, by shop. */
async function readLists(
  tx: Transaction,
  orders: readonly PricedOrder[],
): Promise<Map<bigint, Map<bigint, unknown>>> {
  const wanted = orders.flatMap(({ shopId, order }) =>
    order.automatic.some(({ percentBp }) => percentBp === null)
      ? order.lines.flatMap(({ variantId }) => (variantId === null ? [] : [{ shopId, variantId }]))
      : [],
  );
  const lists = new Map<bigint, Map<bigint, unknown>>();
  if (wanted.length === 0) return lists;
  const { rows } = await tx.query<{ shop_id: bigint; variant_id: bigint; written: unknown }>(
    `SELECT shop_id, variant_id, written FROM price_variants
       JOIN (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, variant_id)) k USING (shop_id, variant_id)
      WHERE written IS NOT NULL`,
    [bigintArray(wanted.map(({ shopId }) => shopId)), bigintArray(wanted.map(({ variantId }) => variantId))],
  );
  for (const { shop_id: shopId, variant_id: variantId, written } of rows)
    lists.set(shopId, (lists.get(shopId) ?? new Map<bigint, unknown>()).set(variantId, written));
  return lists;
}
