import type { CustomerData } from '#app/modules/customers/customer-data.ts';

const THEIR_ORDERS = 'customer_id = ANY($2) OR claimed_by = ANY($2)';
const OF_THEIR_ORDERS = `order_id IN (SELECT o.order_id FROM orders o WHERE o.shop_id = $1 AND (o.customer_id = ANY($2) OR o.claimed_by = ANY($2)))`;

/**
 * Moves every order of customers who were merged into $2 to $2, also of those merged earlier: late events may have
 * left orders with them. Returns the orders' keys.
 */
export const HAND_OVER_ORDERS = `
  WITH merged AS (SELECT customer_id AS id FROM customers WHERE shop_id = $1 AND merged_into = $2)
  UPDATE orders SET customer_id = CASE WHEN customer_id IN (SELECT id FROM merged) THEN $2 ELSE customer_id END,
    claimed_by = CASE WHEN claimed_by IN (SELECT id FROM merged) THEN $2 ELSE claimed_by END
  WHERE shop_id = $1 AND (customer_id IN (SELECT id FROM merged) OR claimed_by IN (SELECT id FROM merged))
  RETURNING shop_id AS "shopId", order_id AS "orderId"`;

export const CUSTOMER_DATA = [
  {
    table: 'customer_stats',
    onMerge: { by: 'orders/figures: recounted from the orders' },
    onExport: { section: 'stats' },
    onErase: { by: 'privacy/erase-customer: recounted; the database copies the rest from the customer row' },
  },
  {
    table: 'orders',
    onMerge: { by: 'crm/merge: HAND_OVER_ORDERS' },
    onExport: { section: 'orders', where: THEIR_ORDERS },
    onErase: {
      by: 'privacy/erase-customer: e-mail, phone, note, the codes that are not ours, titles of lines without a product',
    },
  },
  {
    table: 'order_lines',
    onMerge: { by: 'orders/figures: with their order' },
    onExport: { section: 'orderLines', where: OF_THEIR_ORDERS },
    onErase: { by: 'privacy/erase-customer: titles of lines without a product' },
  },
  {
    table: 'customer_products',
    onMerge: { by: 'orders/figures: recounted from the lines' },
    onExport: { section: 'products' },
    onErase: { stays: 'products, no person' },
  },
  {
    // Has no customer_id: its rows follow their order.
    table: 'order_refunds',
    onMerge: { stays: 'they follow their order' },
    onExport: { section: 'refunds', where: OF_THEIR_ORDERS },
    onErase: { stays: 'amounts and products' },
  },
] satisfies CustomerData[];
