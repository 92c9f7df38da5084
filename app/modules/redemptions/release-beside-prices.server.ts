/** A code that a customer's own price made worthless gives its points back once the order came without it (F139). */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { IS_VALID } from '#app/modules/orders/figures/refresh-figures.server.ts';
import type { KnownOrder } from '#app/modules/orders/known-order.ts';

/**
 * A payment's code is for the cart it was made for; a reward's may be used later. Where codes are refused beside prices, a
 * member's price lets them stand. An order's time has whole seconds.
 */
const MARK = `
  UPDATE redemptions r SET released_because = CASE s.combination WHEN 'lowest' THEN 'price_is_lower' ELSE 'not_with_price' END,
    next_check_at = ledger_now(), updated_at = clock_timestamp()
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS k (shop_id, order_id, customer_id)
    JOIN orders o USING (shop_id, order_id) JOIN order_prices p USING (shop_id, order_id) JOIN price_settings s USING (shop_id)
  WHERE r.shop_id = k.shop_id AND r.customer_id = k.customer_id AND r.kind = 'pay' AND r.state = 'issued' AND r.order_id IS NULL
    AND r.released_because IS NULL AND r.created_at < o.processed_at + interval '1 second' AND NOT r.code = ANY(o.codes) AND s.is_on AND ${IS_VALID}
    AND (s.combination = 'lowest' AND p.prices <> '[]'::jsonb OR s.combination = 'refuse' AND p.prices @? '$[*] ? (@.rule != "tier")')`;

/** Has the worker end such codes of these orders' owners and give the points back. Their prices are stored. */
export async function releaseBesidePrices(tx: Transaction, orders: readonly KnownOrder[]): Promise<void> {
  const owned = orders.filter(({ order }) => order.customerId !== null && order.automatic.length > 0);
  if (owned.length === 0) return;
  const { rowCount } = await tx.query(MARK, [
    bigintArray(owned.map(({ shopId }) => shopId)),
    bigintArray(owned.map(({ order }) => order.orderId)),
    bigintArray(owned.map(({ order }) => order.customerId)),
  ]);
  if (rowCount) await wakeTask(tx, 'check-redemptions');
}
