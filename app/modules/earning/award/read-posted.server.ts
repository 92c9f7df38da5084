/** What orders have in the ledger so far by their rules. */
import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { orderKeyText, type KnownOrder } from '#app/modules/orders/known-order.ts';
import type { Posted } from '../rules/order-difference.ts';
import { ORDER_RULE_KINDS } from '#app/modules/ledger/rules/posting-types.ts';
import type { Unit } from '#app/lib/units.ts';

/** Sums per order (`orderKeyText`), customer, unit, rule and terms; what was posted for a merged customer counts as the other's. */
export async function readPosted(
  db: Queryable,
  orders: readonly Pick<KnownOrder, 'shopId' | 'order'>[],
): Promise<Map<string, Posted[]>> {
  const { rows } = await db.query<{
    shop_id: bigint;
    order_id: bigint;
    customer_id: bigint;
    unit: Unit;
    rule: string;
    valid_from: Date | null;
    expires_at: Date | null;
    given_by: bigint | null;
    amount: bigint;
    count: number;
  }>(
    `SELECT e.shop_id, e.order_id, coalesce(c.merged_into, e.customer_id) AS customer_id, e.unit, e.rule, l.valid_from, l.expires_at,
       min(l.entry_id) AS given_by, sum(e.amount)::bigint AS amount, count(*)::int AS count
     FROM ledger_entries e JOIN unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id) USING (shop_id, order_id)
     LEFT JOIN customers c ON c.shop_id = e.shop_id AND c.customer_id = e.customer_id
     LEFT JOIN ledger_lots l ON l.shop_id = e.shop_id AND l.entry_id = coalesce(e.reverses, e.entry_id)
     WHERE e.kind = ANY($3) AND e.rule IS NOT NULL
     GROUP BY 1, 2, 3, 4, 5, 6, 7`,
    [
      bigintArray(orders.map(({ shopId }) => shopId)),
      bigintArray(orders.map(({ order }) => order.orderId)),
      ORDER_RULE_KINDS,
    ],
  );
  const byOrder = new Map<string, Posted[]>();
  for (const row of rows) {
    const key = orderKeyText({ shopId: row.shop_id, orderId: row.order_id });
    const { customer_id: customerId, unit, rule, amount, count, given_by: givenBy } = row;
    const terms = row.valid_from && { validFrom: row.valid_from, expiresAt: row.expires_at };
    const posted = { customerId, unit, rule, terms, amount, count, givenBy };
    byOrder.set(key, [...(byOrder.get(key) ?? []), posted]);
  }
  return byOrder;
}
