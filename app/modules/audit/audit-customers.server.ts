/** Proves what lists and metrics show of customers: every stored figure is recomputed from the orders. */
import type { Transaction } from '#app/db.server.ts';
import { BOUGHT } from '#app/modules/orders/figures/count-bought.server.ts';
import { COUNTED } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { orderFigures, type OrderFigures } from '#app/modules/orders/rules/order-figures.ts';
import { readCurrencies } from '#app/modules/shops/find-shop.server.ts';
import type { AuditDifference } from './difference.ts';
import { orderKeyText, type KnownOrder } from '#app/modules/orders/known-order.ts';

const CUSTOMERS_A_BATCH = 5_000;

/** Merged customers count as the one they were merged into. A customer without a row has no orders. */
const DIFFERING = `
  WITH k AS (SELECT shop_id, customer_id FROM customers WHERE shop_id = $1 AND customer_id > $2 AND customer_id <= $3 AND merged_into IS NULL),
  counted AS (${COUNTED})
  SELECT 'customer ' || n.customer_id || ' ' || f.key AS subject, coalesce(s.kept ->> f.key, 'nothing') AS stored,
    coalesce(f.value, 'nothing') AS computed
  FROM counted n LEFT JOIN LATERAL (SELECT to_jsonb(c) AS kept FROM customer_stats c
      WHERE c.shop_id = n.shop_id AND c.customer_id = n.customer_id) s ON true
    CROSS JOIN LATERAL jsonb_each_text(to_jsonb(n)) f
  WHERE coalesce(s.kept ->> f.key, CASE WHEN s.kept IS NULL AND f.value IN ('0', '[]') THEN f.value END) IS DISTINCT FROM f.value
    AND f.key NOT IN ('shop_id', 'customer_id')
  ORDER BY n.customer_id, f.key`;

const DIFFERING_BOUGHT = `
  SELECT concat_ws(' ', 'customer', customer_id, 'product', product_id, 'variant', variant_id) AS subject,
    coalesce(concat_ws(' ', p.first_at, p.last_at, p.times, p.units, p.net_minor), '') AS stored,
    coalesce(concat_ws(' ', n.first_at, n.last_at, n.times, n.units, n.net_minor), '') AS computed
  FROM (SELECT * FROM customer_products WHERE shop_id = $1 AND customer_id > $2 AND customer_id <= $3) p
    FULL JOIN (${BOUGHT} WHERE l.shop_id = $1 AND l.customer_id > $2 AND l.customer_id <= $3 AND l.product_id IS NOT NULL
      AND l.bought_at IS NOT NULL GROUP BY 1, 2, 3, 4) n USING (customer_id, product_id, variant_id)
  WHERE (p.first_at, p.last_at, p.times, p.units, p.net_minor) IS DISTINCT FROM (n.first_at, n.last_at, n.times, n.units, n.net_minor)
  ORDER BY 1`;

const PAGE_END = `
  SELECT max(customer_id) AS last FROM (SELECT customer_id FROM customers WHERE shop_id = $1 AND customer_id > $2
    ORDER BY customer_id LIMIT $3) page`;

/** Customers whose stored sums differ from those of their orders. */
export async function* auditCustomers(tx: Transaction, shopId: bigint): AsyncGenerator<AuditDifference> {
  let after = -1n;
  for (;;) {
    const page = await tx.query<{ last: bigint | null }>(PAGE_END, [shopId, after, CUSTOMERS_A_BATCH]);
    const last = page.rows[0]?.last ?? null;
    if (last === null) return;
    const { rows } = await tx.query<Omit<AuditDifference, 'check'>>(DIFFERING, [shopId, after, last]);
    for (const row of rows) yield { check: "a customer's sums are those of the orders", ...row };
    const bought = await tx.query<Omit<AuditDifference, 'check'>>(DIFFERING_BOUGHT, [shopId, after, last]);
    for (const row of bought.rows) yield { check: 'what a customer bought is in their lines', ...row };
    after = last;
  }
}

interface StoredFigures {
  shop_id: bigint;
  order_id: bigint;
  net_minor: bigint;
  items: number;
  /** Lines as `id customer kept net bought`, ordered by id. */
  lines: string;
}

const STORED = `
  SELECT o.shop_id, o.order_id, o.net_minor, o.items, coalesce(l.lines, '') AS lines
  FROM orders o LEFT JOIN LATERAL (SELECT string_agg(concat_ws(' ', line_id, coalesce(customer_id::text, '-'), kept_quantity, net_minor,
      coalesce(extract(epoch FROM bought_at)::bigint::text, '-')), ', ' ORDER BY line_id) AS lines
    FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.order_id) l ON true
  WHERE o.shop_id = $1 AND o.order_id = ANY($2::bigint[])`;

/** Orders whose stored value, units and lines differ from their latest state. `orders` with their owners. */
export async function auditOrderFigures(
  tx: Transaction,
  shopId: bigint,
  orders: readonly KnownOrder[],
): Promise<AuditDifference[]> {
  const currency = (await readCurrencies(tx, [shopId])).get(shopId) ?? null;
  const { rows } = await tx.query<StoredFigures>(STORED, [shopId, orders.map(({ order }) => order.orderId)]);
  const storedByKey = new Map(
    rows.map((row) => [orderKeyText({ shopId: row.shop_id, orderId: row.order_id }), textOfStored(row)]),
  );
  return orders.flatMap((known) => {
    const { order } = known;
    const stored = storedByKey.get(orderKeyText({ shopId, orderId: order.orderId })) ?? 'nothing';
    const computed = textOfFigures(orderFigures(known, currency), order.customerId);
    if (stored === computed) return [];
    return [
      {
        check: "an order's figures are those of its state",
        subject: `order ${order.orderId}`,
        stored,
        computed,
      },
    ];
  });
}

function textOfStored({ net_minor: netMinor, items, lines }: StoredFigures): string {
  return `${netMinor} for ${items}: ${lines}`;
}

const secondsOf = (at: Date | null) => (at === null ? '-' : Math.round(at.getTime() / 1_000));

function textOfFigures({ netMinor, items, lines }: OrderFigures, customerId: bigint | null): string {
  const texts = lines
    .toSorted((a, b) => (a.lineId < b.lineId ? -1 : 1))
    .map(
      (line) =>
        `${line.lineId} ${customerId ?? '-'} ${line.keptQuantity} ${line.netMinor} ${secondsOf(line.boughtAt)}`,
    );
  return `${netMinor} for ${items}: ${texts.join(', ')}`;
}
