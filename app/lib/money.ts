/**
 * Money is a bigint in minor units of its currency, with the digits that Shopify uses: IDR "100000.00" is 10000000
 * minor units, although cents aren't used there.
 */

/**
 * Currencies that Shopify doesn't count in hundredths (its own list: github.com/Shopify/money,
 * config/currency_iso.yml). It matches ISO 4217 except for MGA and MRU, whose fifths Shopify leaves out. Intl isn't
 * used: CLDR shows IDR and others without digits, Shopify sends them with two.
 */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ...listed('BIF BYR CLP DJF GNF ISK JPY KMF KRW MGA MRU PYG RWF UGX VND VUV XAF XOF XPF', 0),
  ...listed('BHD IQD JOD KWD LYD OMR TND', 3),
]);

function listed(currencies: string, digits: number): [string, number][] {
  return currencies.split(' ').map((currency) => [currency, digits]);
}

/** Returns the number of decimal digits that Shopify uses for a currency; 2 for an unknown one. */
export function currencyDigits(currency: string): number {
  return DIGITS.get(currency) ?? 2;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Parses a decimal amount as Shopify sends it ("199.99", or a JSON number in older payloads) into minor units. Digits
 * beyond the currency's are rounded half up. Throws RangeError on anything else.
 */
export function parseMinor(amount: string | number, currency: string): bigint {
  const match = DECIMAL.exec(typeof amount === 'number' ? amount.toString() : amount.trim());
  if (!match) throw new RangeError(`not a decimal amount: ${JSON.stringify(amount)}`);
  const digits = currencyDigits(currency);
  const fraction = (match[3] ?? '').padEnd(digits + 1, '0');
  const scaled =
    BigInt((match[2] ?? '0') + fraction.slice(0, digits)) + (fraction.charCodeAt(digits) >= 53 ? 1n : 0n);
  return match[1] === '-' ? -scaled : scaled;
}

/** Formats minor units as the decimal string that Shopify accepts ("100000.00"). */
export function formatDecimal(amountMinor: bigint, currency: string): string {
  const digits = currencyDigits(currency);
  const negative = amountMinor < 0n;
  const text = (negative ? -amountMinor : amountMinor).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return (negative ? '-' : '') + (digits === 0 ? whole : `${whole}.${text.slice(text.length - digits)}`);
}
