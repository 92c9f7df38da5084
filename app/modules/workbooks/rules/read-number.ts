/** Numbers as cells hold them: number cells as they are, texts in the writing of the shop's country. */
import { foldDigits } from '#app/lib/digits.ts';
import { separators } from '#app/lib/format.ts';
import { withoutInvisible } from './fold-text.ts';

/** A decimal number: digits before and behind the point, without leading or trailing zeros that say nothing. */
export interface Decimal {
  isNegative: boolean;
  whole: string;
  fraction: string;
}

const CURRENCY = /^(?:[A-Z]{3}|rp\.?|\p{Sc}|฿|ریال|تومان)\s*/iu;
const CURRENCY_BEHIND = /\s*(?:[A-Z]{3}|\p{Sc}|บาท|ریال|تومان)$/iu;
const DIGITS_MAX = 15;

interface Marks {
  groups: readonly string[];
  decimals: readonly string[];
}

const marks = new Map<string, Marks>();

/** Which characters group digits and part the fraction. Persian texts have both writings. */
function marksOf(locale: string): Marks {
  const known = marks.get(locale);
  if (known) return known;
  const { group, decimal } = separators(locale);
  const found = locale.startsWith('fa')
    ? { groups: ['٬', ',', '،'], decimals: ['٫', '.'] }
    : { groups: [group], decimals: [decimal] };
  marks.set(locale, found);
  return found;
}

/** Removes what stands for the unit: `kg`, `cm`, `%`. */
function withoutUnit(text: string, unit: RegExp | null): string {
  return unit === null ? text.replace(CURRENCY, '').replace(CURRENCY_BEHIND, '') : text.replace(unit, '');
}

/**
 * Reads a number written in a locale, with a currency before or behind it, or a unit behind it. Null for any other text:
 * "1,250" is no grouped number in Indonesian, and "70.25" no decimal one.
 */
export function readWrittenNumber(text: string, locale: string, unit: RegExp | null): Decimal | null {
  const folded = foldDigits(withoutInvisible(text)).trim().replace(/^'/, '');
  const isNegative = /^\s*[-−]/.test(folded);
  const unsigned = withoutUnit(folded.replace(/^\s*[-−]\s*/, ''), unit).replaceAll(/\s/g, '');
  const { groups, decimals } = marksOf(locale);
  const decimal = decimals.find((mark) => unsigned.includes(mark));
  const [whole = '', fraction, ...more] = decimal === undefined ? [unsigned] : unsigned.split(decimal);
  if (more.length > 0 || fraction === '' || (fraction !== undefined && !/^\d+$/.test(fraction))) return null;
  const group = groups.find((mark) => whole.includes(mark));
  const [first = '', ...others] = group === undefined ? [whole] : whole.split(group);
  const isGrouped =
    others.length === 0 || (/^\d{1,3}$/.test(first) && others.every((part) => /^\d{3}$/.test(part)));
  const digits = first + others.join('');
  if (!isGrouped || !/^\d+$/.test(digits) || digits.length > DIGITS_MAX) return null;
  return tidy(isNegative, digits, fraction ?? '');
}

const fractionFormats = new Map<number, Intl.NumberFormat>();

function fractionFormat(digits: number): Intl.NumberFormat {
  let format = fractionFormats.get(digits);
  format ??= new Intl.NumberFormat('en', { maximumFractionDigits: digits, useGrouping: false });
  fractionFormats.set(digits, format);
  return format;
}

/** A number cell, rounded to `digits` behind the point: 0.1 + 0.2 is 0.30000000000000004 in a spreadsheet too. */
export function decimalOfNumber(value: number, digits: number): Decimal | null {
  if (!Number.isFinite(value) || Math.abs(value) >= 10 ** DIGITS_MAX) return null;
  const size = Math.abs(value);
  const text = Number.isInteger(size) ? String(size) : fractionFormat(digits).format(size);
  const [whole = '', fraction = ''] = text.split('.');
  return tidy(value < 0, whole, fraction);
}

function tidy(isNegative: boolean, whole: string, fraction: string): Decimal {
  const tidyWhole = whole.replace(/^0+(?=\d)/, '');
  const tidyFraction = fraction.replace(/0+$/, '');
  return {
    isNegative: isNegative && !(tidyWhole === '0' && tidyFraction === ''),
    whole: tidyWhole,
    fraction: tidyFraction,
  };
}

/** In units of the last of `digits`; null when it is finer. 62.5 with 3 is 62500. */
export function unitsOf({ isNegative, whole, fraction }: Decimal, digits: number): number | null {
  if (fraction.length > digits) return null;
  const units = Number(whole + fraction.padEnd(digits, '0'));
  return isNegative ? -units : units;
}

/** As text, with a point: "1250000.5". */
export function decimalText({ isNegative, whole, fraction }: Decimal): string {
  return `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
