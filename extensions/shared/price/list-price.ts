/** Prices of variants in lists: the metafield `$app:prices`, `{"v":1,"reseller":[[1,"9000000"],[10,"8500000"]]}`. */
import { convert, parseMinorText } from './amounts.ts';
import { readVersion1 } from './rules.ts';
import { type PriceTerms } from './terms.ts';

/**
 * The list's price of one unit at a quantity, in minor units of the cart's currency. Thresholds may be in any order; of two
 * prices at one threshold the lower counts. A price of 0 is an empty cell, not a gift: it is left out, as damaged entries are.
 * @returns 0 where the list has no price for this quantity
 */
export function readListPrice(
  value: unknown,
  list: string,
  quantity: number,
  { isShopCurrency, conversion }: Pick<PriceTerms, 'isShopCurrency' | 'conversion'>,
): number {
  const prices = readVersion1(value);
  const entries = prices !== null && Object.hasOwn(prices, list) ? prices[list] : null;
  if (!Array.isArray(entries)) return 0;
  let reached = 0;
  let price = 0;
  // Counted: an iterator costs the Function three times as much.
  for (let index = 0; index < entries.length; index++) {
    const entry: unknown = entries[index];
    if (!Array.isArray(entry)) continue;
    const least: unknown = entry[0];
    if (typeof least !== 'number' || least < 1 || least > quantity || least < reached) continue;
    const minor = parseMinorText(entry[1]);
    if (minor === null || minor === 0 || (least === reached && minor >= price)) continue;
    reached = least;
    price = minor;
  }
  if (isShopCurrency || price === 0) return price;
  return conversion === null ? 0 : convert(price, conversion);
}
