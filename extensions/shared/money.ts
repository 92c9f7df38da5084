/**
 * Currencies whose minor unit exists on paper only: Shopify counts the rupiah with two digits, nobody
 * writes them. (CLDR gives IDR two digits for accounts and none for cash.)
 */
const WRITTEN_WHOLE = new Set(['IDR']);

/** Formats an amount in the shopper's locale; `shopify.i18n.formatCurrency` is one. */
export type FormatCurrency = (amount: number | bigint, options: Intl.NumberFormatOptions) => string;

/** 10 to the power of `digits` as a bigint. (`**` on a bigint does not survive bundling to ES2015.) */
export function powerOfTen(digits: number): bigint {
  return BigInt('1' + '0'.repeat(digits));
}

/**
 * Minor units as a decimal string: 1050n with 2 digits is "10.50", 500n with 0 digits is "500".
 */
export function minorToDecimal(minor: bigint, digits: number): string {
  const zero = BigInt(0);
  const sign = minor < zero ? '-' : '';
  const whole = (minor < zero ? -minor : minor).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + whole : `${sign}${whole.slice(0, -digits)}.${whole.slice(-digits)}`;
}

/**
 * Text that a shopper typed, as minor units; null when it is no amount, is negative, or has more decimals
 * than the currency. Takes "." and "," as the decimal sign.
 */
export function decimalToMinor(text: string, digits: number): bigint | null {
  const match = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim());
  if (!match) return null;
  const fraction = match[2] ?? '';
  if (fraction.length > digits) return null;
  return BigInt(`${match[1]}${fraction.padEnd(digits, '0')}`);
}

/**
 * Minor units as money in the shopper's language. A whole amount is passed on as a bigint, so it is exact at
 * any size.
 */
export function formatMinor(
  minor: bigint,
  currency: string,
  digits: number,
  formatCurrency: FormatCurrency,
): string {
  const scale = powerOfTen(digits);
  const isWhole = minor % scale === BigInt(0);
  return formatCurrency(isWhole ? minor / scale : Number(minorToDecimal(minor, digits)), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: isWhole && WRITTEN_WHOLE.has(currency) ? 0 : digits,
    maximumFractionDigits: digits,
  });
}

/**
 * The host's amount (a JavaScript number) as the decimal text that the club API takes: 150000 is "150000.00".
 * A third digit is written only where there is one. Intl is not asked for the digits: it gives the rupiah
 * none.
 */
export function cartAmountText(amount: number): string {
  return amount.toFixed(3).replace(/0$/, '');
}
