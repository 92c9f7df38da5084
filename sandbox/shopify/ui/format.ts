import type { MinorUnits, Shop } from '../../state.ts';
import { currencyDigits, toDecimal } from '../money.ts';
import type { Words } from './i18n.ts';

/** Currencies with a minor unit that nobody writes (see extensions/checkout-redeem/src/money.ts). */
const WRITTEN_WHOLE = new Set(['IDR']);

/** Minor units of a currency as money in the page's language. */
export function money(words: Words, amount: MinorUnits, currency: string): string {
  const digits = currencyDigits(currency);
  const isWhole = amount % 10 ** digits === 0;
  return words.formatCurrency(Number(toDecimal(amount, digits)), {
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: isWhole && WRITTEN_WHOLE.has(currency) ? 0 : digits,
    maximumFractionDigits: digits,
  });
}

/** A moment as date and time of day in the shop's time zone. */
export function dateTime(words: Words, instant: string, shop: Shop): string {
  return words.formatDate(new Date(instant), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: shop.timeZone,
  });
}
