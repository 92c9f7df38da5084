/** Digits that an example keeps: nobody sells for Rp 325,417 every time. */
const DIGITS_KEPT = 2;

/** Returns the middle of the amounts with its first two digits, 0 for the others; null without amounts. */
export function typicalAmount(amountsMinor: readonly bigint[]): bigint | null {
  const middle = amountsMinor.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))[amountsMinor.length >> 1];
  if (middle === undefined) return null;
  const step = 10n ** BigInt(Math.max(0, String(middle).length - DIGITS_KEPT));
  return middle - (middle % step);
}
