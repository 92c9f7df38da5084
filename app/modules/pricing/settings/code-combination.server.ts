/** How a code of the club stands beside the prices of the customer it is for (F139). */
import type { Queryable } from '#app/db.server.ts';
import { PRICE_OF_CUSTOMER } from '../publish/wanted.sql.ts';

/**
 * Whether a code of the customer `c` combines with product discounts, as SQL: with prices beside it, or the lower of the two,
 * as the settings `s` say; `own` (SQL) for customers without a price, and where codes are refused by the Function.
 */
export const combinesWithPrice = (own: string): string =>
  `CASE WHEN s.is_on AND s.combination <> 'refuse' AND ${PRICE_OF_CUSTOMER} IS NOT NULL THEN s.combination = 'stack' ELSE ${own} END`;

const FIND = `
  SELECT ${combinesWithPrice('$3::bool')} AS combines FROM price_settings s JOIN customers c ON c.shop_id = s.shop_id AND c.customer_id = $2
   WHERE s.shop_id = $1`;

/** Returns whether a new code of a customer combines with product discounts; `own` where prices have no say. */
export async function combineCode(
  db: Queryable,
  { shopId, customerId }: { shopId: bigint; customerId: bigint },
  own: boolean,
): Promise<boolean> {
  const { rows } = await db.query<{ combines: boolean }>(FIND, [shopId, customerId, own]);
  return rows[0]?.combines ?? own;
}

const CONFLICT = `
  SELECT CASE s.combination WHEN 'lowest' THEN 'price_is_lower' ELSE 'not_with_price' END AS conflict
  FROM price_settings s JOIN customers c ON c.shop_id = s.shop_id AND c.customer_id = $2
   WHERE s.shop_id = $1 AND s.is_on AND s.combination <> 'stack' AND ${PRICE_OF_CUSTOMER} IS NOT NULL`;

/** Returns why a code that the checkout didn't take can't stand beside the customer's price; null where prices have no say. */
export async function findPriceConflict(
  db: Queryable,
  { shopId, customerId }: { shopId: bigint; customerId: bigint },
): Promise<'price_is_lower' | 'not_with_price' | null> {
  const { rows } = await db.query<{ conflict: 'price_is_lower' | 'not_with_price' }>(CONFLICT, [
    shopId,
    customerId,
  ]);
  return rows[0]?.conflict ?? null;
}
