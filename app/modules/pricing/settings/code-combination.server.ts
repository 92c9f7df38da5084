/** How a code of the club stands beside the prices of the customer it is for (F139). */
import type { Queryable } from '#app/db.server.ts';
import { WANTED_OF_CUSTOMER } from '../publish/wanted.sql.ts';

/**
 * Whether a code of the customer `c` combines with product discounts, as SQL: with prices beside it, or the lower of the two,
 * as the settings `s` say; `own` (SQL) for customers without a price, and where codes are refused by the Function.
 */
export const combinesWithPrice = (own: string): string =>
  `CASE WHEN s.is_on AND s.combination <> 'refuse' AND ${WANTED_OF_CUSTOMER} IS NOT NULL THEN s.combination = 'stack' ELSE ${own} END`;

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
