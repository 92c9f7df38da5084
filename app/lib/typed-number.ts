/**
 * Numbers as people type them into a field: with the separators of their language, and with others where the shape
 * leaves no doubt ("100,000" in Indonesian, "2,5" in English). Fields show what was understood.
 */
import { foldDigits } from './digits.ts';
import { separators } from './format.ts';
import { currencyDigits, parseMinor } from './money.ts';

const CURRENCY_BEFORE = /^(?:[a-z]{3}|rp\.?|\p{Sc}|ریال|تومان)\s*/iu;
const CURRENCY_BEHIND = /\s*(?:[a-z]{3}|\p{Sc}|บาท|ریال|تومان)$/iu;
const PERCENT_SIGN = /\s*[%٪]$/;
const DIGITS_MAX = 15;
const PERCENT_DIGITS = 2;

/** Digits before and behind the decimal point. */
interface TypedNumber {
  whole: string;
  fraction: string;
}

/** Separators of Persian and Arabic keyboards as the Latin ones with the same meaning, and each kind of space as one. */
const foldSeparators = (text: string) =>
  foldDigits(text)
    .trim()
    .replaceAll(/[٬،]/g, ',')
    .replaceAll('٫', '.')
    .replaceAll("'", '’')
    .replaceAll(/\s/g, ' ');

/** Returns whether a text is a number below zero. */
export function isTypedNegative(text: string): boolean {
  return /^[^\d]{0,4}[-−]\s*[^\d]{0,4}\d/.test(foldDigits(text).trim());
}

/**
 * Reads a number with up to `fractionDigits` decimals and digits in groups. A separator that is there once groups digits or begins the
 * decimals: where both fit (currencies with three decimals) the language decides. Null for anything else, also below
 * zero.
 */
function readGrouped(text: string, fractionDigits: number, locale: string): TypedNumber | null {
  const marks = [...new Set(text.match(/\D/g))];
  const [mark = '', decimalMark = mark] = marks;
  if (marks.length === 0) return readWhole(text);
  if (marks.length > 2) return null;
  const [head = '', fraction = '', ...more] = text.split(decimalMark);
  const isOneMark = marks.length === 1;
  const grouped = isOneMark ? joinGroups(text, mark) : null;
  if (more.length > 0) return grouped;
  const decimal = withFraction(
    isOneMark ? readWhole(head) : joinGroups(head, mark),
    decimalMark,
    fraction,
    fractionDigits,
  );
  if (grouped === null || decimal === null) return grouped ?? decimal;
  return foldSeparators(separators(locale).decimal) === decimalMark ? decimal : grouped;
}

function readWhole(text: string): TypedNumber | null {
  return /^\d+$/.test(text) && text.length <= DIGITS_MAX ? { whole: text, fraction: '' } : null;
}

function withFraction(
  number: TypedNumber | null,
  mark: string,
  fraction: string,
  fractionDigits: number,
): TypedNumber | null {
  const isFraction = /^[.,]$/.test(mark) && /^\d+$/.test(fraction) && fraction.length <= fractionDigits;
  return number && isFraction ? { whole: number.whole, fraction } : null;
}

/** A whole number in groups of three. Such a number doesn't begin with a zero: "0,500" is a decimal one. */
function joinGroups(text: string, mark: string): TypedNumber | null {
  const [first = '', ...groups] = text.split(mark);
  const isGrouped = /^[1-9]\d{0,2}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group));
  return isGrouped && /^[.,’\s]$/.test(mark) ? readWhole(first + groups.join('')) : null;
}

/**
 * Parses money as typed, in minor units: "100.000" is a hundred thousand in each language where the currency has no three
 * decimals; with a currency before or behind it, in any decimal digits. Null when it isn't an amount, is below zero
 * or is finer than the currency.
 */
export function parseMoneyInput(text: string, currency: string, locale: string): bigint | null {
  const bare = foldSeparators(text).replace(CURRENCY_BEFORE, '').replace(CURRENCY_BEHIND, '');
  const typed = readGrouped(bare, currencyDigits(currency), locale);
  return typed && parseMinor(`${typed.whole}.${typed.fraction || '0'}`, currency);
}

/** Parses a whole number as typed, with or without groups; null when it isn't one. */
export function parseWholeInput(text: string, locale: string): bigint | null {
  const typed = readGrouped(foldSeparators(text), 0, locale);
  return typed && BigInt(typed.whole);
}

/**
 * Parses a percentage as typed, with or without its sign, in hundredths of a percent; null when it isn't one or is
 * finer.
 */
export function parsePercentInput(text: string): number | null {
  return parseDecimalInput(text.trim().replace(PERCENT_SIGN, ''), PERCENT_DIGITS);
}

/**
 * Parses a number without groups as typed, in units of its last digit (with 3 digits "62.5" and "62,5" are 62500); null when
 * it isn't one or is finer.
 */
export function parseDecimalInput(text: string, digits: number): number | null {
  const [, whole = '', mark, fraction = ''] = /^(\d{1,6})(?:([.,])(\d*))?$/.exec(foldSeparators(text)) ?? [];
  const typed =
    mark === undefined ? readWhole(whole) : withFraction(readWhole(whole), mark, fraction, digits);
  return typed && Number(typed.whole + typed.fraction.padEnd(digits, '0'));
}
