/**
 * Money is a bigint in minor units of its currency (ISO 4217 digits, as Shopify writes amounts:
 * IDR "100000.00" is 10000000 minor units although nobody there shows the cents).
 */

const DIGITS_BY_CURRENCY = new Map<string, number>();

/** Number of decimal digits of a currency by ISO 4217 (via the platform's Intl data); 2 for an unknown one. */
export function currencyDigits(currency: string): number {
  const known = DIGITS_BY_CURRENCY.get(currency);
  if (known !== undefined) return known;
  const digits = ISO_DIGITS[currency] ?? 2;
  DIGITS_BY_CURRENCY.set(currency, digits);
  return digits;
}

/** ISO 4217 exceptions to two digits. Intl is not asked: CLDR shows IDR and IRR without digits, Shopify sends them. */
const ISO_DIGITS: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal amount as Shopify sends it ("199.99", or a JSON number in older payloads) into minor units.
 * Digits beyond the currency's are rounded half up. Throws RangeError on anything else.
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

/** Writes minor units as the decimal string that Shopify takes ("100000.00"). */
export function formatDecimal(amountMinor: bigint, currency: string): string {
  const digits = currencyDigits(currency);
  const negative = amountMinor < 0n;
  const text = (negative ? -amountMinor : amountMinor).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return (negative ? '-' : '') + (digits === 0 ? whole : `${whole}.${text.slice(text.length - digits)}`);
}
