/**
 * Currencies that Shopify doesn't count in hundredths (github.com/Shopify/money). The extensions' own list: they may not
 * import the app's, and a contract test compares the two.
 */
const NO_DIGITS = 'BIF BYR CLP DJF GNF ISK JPY KMF KRW MGA MRU PYG RWF UGX VND VUV XAF XOF XPF';
const THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND';

/** Returns the number of decimal digits that Shopify uses for a currency; 2 for an unknown one. */
export function currencyDigits(currency: string): number {
  if (NO_DIGITS.includes(currency)) return 0;
  return THREE_DIGITS.includes(currency) ? 3 : 2;
}
