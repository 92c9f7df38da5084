import type { MinorUnits } from '../state.ts';

/** Exceptions to two digits, from github.com/Shopify/money. Intl isn't used: CLDR formats the rupiah without digits. */
const DIGITS: Record<string, number> = {
  ...Object.fromEntries(
    'BIF BYR CLP DJF GNF ISK JPY KMF KRW MGA MRU PYG RWF UGX VND VUV XAF XOF XPF'
      .split(' ')
      .map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
};

/** Returns the number of decimal digits Shopify uses for a currency: 2 for IDR and USD, 0 for JPY. */
export function currencyDigits(currency: string): number {
  return DIGITS[currency] ?? 2;
}

/** Minor units as the decimal text of the API: `toDecimal(10000000, 2)` is `100000.00`. */
export function toDecimal(amount: MinorUnits, digits: number): string {
  const sign = amount < 0 ? '-' : '';
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Decimal text or a number from the API as minor units. Throws `RangeError` when it is no number or has more
 * decimals than the currency.
 */
export function toMinorUnits(decimal: string | number, digits: number): MinorUnits {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(String(decimal).trim());
  if (!match) throw new RangeError(`${String(decimal)} is not an amount of money`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > digits) throw new RangeError(`${String(decimal)} has more than ${digits} decimals`);
  const amount = Number(whole + kept.padEnd(digits, '0'));
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${String(decimal)} is too large`);
  return sign === '-' && amount !== 0 ? -amount : amount;
}
