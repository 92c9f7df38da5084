/** What prices of ours took off orders, for the screens of orders. */
import { pool } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { OrderPrice } from '../rules/order-prices.ts';
import { loadOrderPrices } from './order-prices-json.ts';

/** With the name of the category or tier now; null for one that was removed since. */
export interface NamedOrderPrice extends OrderPrice {
  name: string | null;
}

const READ = `
  SELECT p.order_id AS "orderId", p.prices,
    (SELECT jsonb_object_agg(n.key, n.name) FROM (
       SELECT key, name FROM categories WHERE shop_id = $1
       UNION ALL SELECT 't' || tier_id, name FROM tiers WHERE shop_id = $1 AND removed_at IS NULL) n) AS names
  FROM order_prices p WHERE p.shop_id = $1 AND p.order_id = ANY($2::bigint[]) AND p.prices <> '[]'::jsonb`;

/** Reads the prices of these orders, those that took most off first; orders without any are missing. */
export async function readOrderPrices(
  shopId: bigint,
  orderIds: readonly bigint[],
): Promise<Map<bigint, NamedOrderPrice[]>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await pool.query<{
    orderId: bigint;
    prices: unknown;
    names: Record<string, string> | null;
  }>(READ, [shopId, bigintArray(orderIds)]);
  return new Map(
    rows.map(({ orderId, prices, names }) => [
      orderId,
      mergeAlike(loadOrderPrices(prices).map((price) => ({ ...price, name: names?.[price.key] ?? null }))),
    ]),
  );
}

/** A price list's discounts differ by line: for people they are one. */
function mergeAlike(prices: readonly NamedOrderPrice[]): NamedOrderPrice[] {
  const merged = new Map<string, NamedOrderPrice>();
  for (const price of prices) {
    const kind = [price.rule, price.key, price.title, price.percentBp].join('\u001f');
    const other = merged.get(kind);
    merged.set(
      kind,
      other
        ? {
            ...other,
            amountMinor: other.amountMinor + price.amountMinor,
            returnedMinor: other.returnedMinor + price.returnedMinor,
          }
        : price,
    );
  }
  return [...merged.values()].toSorted((one, other) => (one.amountMinor < other.amountMinor ? 1 : -1));
}
