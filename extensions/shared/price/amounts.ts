/**
 * Money of one currency as a whole number of minor units. Numbers, not bigint: the Function has an instruction limit, and
 * a step with a bigint costs it more than twice as much. Everything here is exact up to 9 * 10^14 minor units a unit
 * price, far above the 900 billion that are promised.
 */

/** A percent in hundredths: 10,000 is everything. */
export const WHOLE_BP = 10_000;

/** Text of digits that a number holds exactly; null for anything else. Sizes in metafields are such texts. */
export function parseMinorText(text: unknown): number | null {
  if (typeof text !== 'string' || text.length > 15) return null;
  const value = Number(text);
  return value >= 0 && value % 1 === 0 && String(value) === text ? value : null;
}

/** Reads an amount as Shopify sends it ("150000.0") into minor units; NaN for what is no amount. */
export function toMinor(amount: string, digits: number): number {
  return Math.round(Number(amount) * 10 ** digits);
}

/** Minor units as the decimal text that Shopify accepts: 10000000 with two digits is "100000.00". */
export function toAmount(minor: number, digits: number): string {
  return (minor / 10 ** digits).toFixed(digits);
}

/** A percent of an amount, cut off as Shopify does. Split, so that the product stays below 2^53. */
export function cutPercent(minor: number, bp: number): number {
  const rest = minor % WHOLE_BP;
  return ((minor - rest) / WHOLE_BP) * bp + Math.floor((rest * bp) / WHOLE_BP);
}

/**
 * What is taken off one unit when its price after the percent is rounded half up to a multiple of `step`; 0 where rounding
 * would make it dearer. A step never makes a unit free: below half a step the percent is taken without rounding.
 */
export function reductionToStep(unit: number, bp: number, step: number): number {
  const kept = WHOLE_BP - bp;
  const rest = unit % WHOLE_BP;
  const part = rest * kept;
  const fraction = part % WHOLE_BP;
  const price = ((unit - rest) / WHOLE_BP) * kept + (part - fraction) / WHOLE_BP;
  const over = price % step;
  const isUp = 2 * over >= step || (2 * over + 1 === step && 2 * fraction >= WHOLE_BP);
  const rounded = price - over + (isUp ? step : 0);
  if (rounded === 0 && price > 0) return cutPercent(unit, bp);
  return rounded < unit ? unit - rounded : 0;
}

/** How the shop's currency becomes the cart's: by `numerator / denominator`, in minor units of both. */
export interface Conversion {
  numerator: bigint;
  denominator: bigint;
}

/** The most digits of a rate; Shopify's have about ten. */
const RATE = /^(\d{1,18})(?:\.(\d{1,30}))?$/;

/**
 * Reads `presentmentCurrencyRate` exactly.
 * @returns null for a rate that is no positive decimal number
 */
export function readConversion(rate: unknown, shopDigits: number, cartDigits: number): Conversion | null {
  const match = typeof rate === 'string' ? RATE.exec(rate) : null;
  if (!match) return null;
  const fraction = match[2] ?? '';
  const numerator = BigInt((match[1] ?? '') + fraction) * 10n ** BigInt(cartDigits);
  return numerator > 0n ? { numerator, denominator: 10n ** BigInt(fraction.length + shopDigits) } : null;
}

/** An amount of the shop's currency in the cart's, rounded half up. */
export function convert(minor: number, { numerator, denominator }: Conversion): number {
  return Number((2n * BigInt(minor) * numerator + denominator) / (2n * denominator));
}
