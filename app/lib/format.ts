/**
 * Formats numbers, money and dates for a language and country. Amounts stay exact: Intl gets decimal text or a
 * bigint, never a float.
 */
import { LRUCache } from 'lru-cache';
import { formatMicros } from './micros.ts';
import { currencyDigits, formatDecimal } from './money.ts';

const FORMATS_MAX = 200;
const numberFormats = new LRUCache<string, Intl.NumberFormat>({ max: FORMATS_MAX });
const dateFormats = new LRUCache<string, Intl.DateTimeFormat>({ max: FORMATS_MAX });

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return cached(numberFormats, locale, options, () => new Intl.NumberFormat(locale, options));
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(dateFormats, locale, options, () => new Intl.DateTimeFormat(locale, options));
}

function cached<T extends object>(
  formats: LRUCache<string, T>,
  locale: string,
  options: object,
  make: () => T,
): T {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = make();
  formats.set(key, made);
  return made;
}

function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** Formats a whole number with the language's digit groups: 1250000n is "1,250,000" or "1.250.000". */
export function formatNumber(value: bigint | number, locale: string): string {
  return numberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

/** Formats a number given in fractions of `digits` places, without trailing zeros: 250n with 2 is "2.5" or "2,5". Not for negative fractions. */
export function formatFixed(value: bigint, digits: number, locale: string): string {
  if (digits === 0) return formatNumber(value, locale);
  const text = value.toString().padStart(digits + 1, '0');
  const decimal = `${text.slice(0, text.length - digits)}.${text.slice(text.length - digits)}`;
  if (!isNumeric(decimal)) throw new RangeError(`not a decimal: ${decimal}`);
  return numberFormat(locale, { maximumFractionDigits: digits }).format(decimal);
}

/** As `formatNumber`, with a plus before what is above zero. */
export function formatSigned(value: bigint, locale: string): string {
  return numberFormat(locale, { maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(value);
}

/** Some currencies have minor units at Shopify that no one uses there (IDR, IRR); their trailing zeros are dropped. */
function moneyOptions(currency: string, locale: string): Intl.NumberFormatOptions {
  const style: Intl.NumberFormatOptions = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' };
  const written = numberFormat(locale, style).resolvedOptions().maximumFractionDigits ?? 2;
  const digits = currencyDigits(currency);
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return written < digits
    ? { ...style, ...fraction, trailingZeroDisplay: 'stripIfInteger' }
    : { ...style, ...fraction };
}

/**
 * Formats minor units as money: 10000000n IDR is "Rp 100.000" in Indonesian (with a no-break space), 1999n USD
 * "$19.99".
 */
export function formatMoney(amountMinor: bigint, currency: string, locale: string): string {
  const decimal = formatDecimal(amountMinor, currency);
  if (!isNumeric(decimal)) throw new RangeError(`not a decimal: ${decimal}`);
  return numberFormat(locale, moneyOptions(currency, locale)).format(decimal);
}

/** As `formatMoney` with the currency's code in the place of its symbol: "IDR 100,000". */
export function formatMoneyWithCode(amountMinor: bigint, currency: string, locale: string): string {
  const decimal = formatDecimal(amountMinor, currency);
  if (!isNumeric(decimal)) throw new RangeError(`not a decimal: ${decimal}`);
  return numberFormat(locale, { ...moneyOptions(currency, locale), currencyDisplay: 'code' }).format(decimal);
}

/** Money in millionths of its currency, with at least its usual digits and no more than it needs: "$0.045", "$12.50". */
export function formatMicroMoney(micros: bigint, currency: string, locale: string): string {
  const decimal = formatMicros(micros);
  if (!isNumeric(decimal)) throw new RangeError(`not a decimal: ${decimal}`);
  const digits = { minimumFractionDigits: currencyDigits(currency), maximumFractionDigits: 6 };
  return numberFormat(locale, { style: 'currency', currency, ...digits }).format(decimal);
}

/** As `formatMoney` without the currency, for a text field; `parseMoneyInput` reads it back. */
export function formatMoneyInput(amountMinor: bigint, currency: string, locale: string): string {
  const decimal = formatDecimal(amountMinor, currency);
  if (!isNumeric(decimal)) throw new RangeError(`not a decimal: ${decimal}`);
  const digits = currencyDigits(currency);
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return numberFormat(locale, { ...options, trailingZeroDisplay: 'stripIfInteger' }).format(decimal);
}

const BYTES_A_UNIT = 1_000;

/** Formats the size of a file: "120 kB", "3.4 MB". */
export function formatFileSize(bytes: bigint | number, locale: string): string {
  const kilobytes = Math.max(1, Math.round(Number(bytes) / BYTES_A_UNIT));
  const [size, unit] =
    kilobytes < BYTES_A_UNIT ? [kilobytes, 'kilobyte'] : [kilobytes / BYTES_A_UNIT, 'megabyte'];
  return numberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(size);
}

/** Returns the language's separators of digit groups and decimals. */
export function separators(locale: string): { group: string; decimal: string } {
  const parts = numberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(1234567.8);
  const find = (type: string, fallback: string) =>
    parts.find((part) => part.type === type)?.value ?? fallback;
  return { group: find('group', ','), decimal: find('decimal', '.') };
}

/** Joins words as the language does: "a, b, and c", "a, b, dan c"; with `disjunction` "a, b, or c". */
export function formatList(
  words: readonly string[],
  locale: string,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(locale, { type }).format(words);
}

/** A name within a sentence: "Email" is written "email", "SMS" stays. */
export function lowerInitial(name: string, locale: string): string {
  const [first = '', second = ''] = name;
  return second === second.toLocaleUpperCase(locale) ? name : first.toLocaleLowerCase(locale) + name.slice(1);
}

/** Joins names of fields: "Birth date, gender, and national ID". */
export function formatNames([first, ...others]: readonly string[], locale: string): string {
  if (first === undefined) return '';
  return formatList([first, ...others.map((name) => lowerInitial(name, locale))], locale);
}

const PERCENT_DIGITS = 2;

/** Formats hundredths of a percent: 250 is "2.5%" or "2,5%". */
export function formatPercent(percentBp: number, locale: string): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: PERCENT_DIGITS }).format(
    percentBp / 10_000,
  );
}

/** As `formatPercent` without its sign, for a text field; `parsePercentInput` reads it back. */
export function formatPercentInput(percentBp: number, locale: string): string {
  return numberFormat(locale, { maximumFractionDigits: PERCENT_DIGITS }).format(percentBp / 100);
}

/** Formats a number given in units of its last digit for a text field; `parseDecimalInput` reads it back. */
export function formatDecimalInput(units: number, digits: number, locale: string): string {
  const options = { maximumFractionDigits: digits, useGrouping: false };
  return numberFormat(locale, options).format(units / 10 ** digits);
}

/** Formats the day of an instant in a time zone: "Nov 21, 2026", "21 Nov 2026". */
export function formatDay(timestamp: Date, locale: string, timeZone: string): string {
  return dateFormat(locale, { dateStyle: 'medium', timeZone }).format(timestamp);
}

/** Formats the month of a day in UTC: "Nov 2026". */
export function formatMonth(day: Date, locale: string): string {
  return dateFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(day);
}

/** Formats the month of a day in UTC in full: "November 2026". */
export function formatLongMonth(day: Date, locale: string): string {
  return dateFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(day);
}

/** Formats a day in UTC with its day of the week: "Saturday, November 28, 2026". */
export function formatFullDay(day: Date, locale: string): string {
  return dateFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(day);
}

/** Formats the day of the week of a day in UTC: "Sat", "Saturday". */
export function formatWeekday(day: Date, locale: string, weekday: 'short' | 'long'): string {
  return dateFormat(locale, { weekday, timeZone: 'UTC' }).format(day);
}

/** Formats day and time of an instant in a time zone. */
export function formatMoment(timestamp: Date, locale: string, timeZone: string): string {
  return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(timestamp);
}

/** Formats a time of the day (`HH:MM`) that belongs to no zone: "9:00 AM", "09.00". */
export function formatTimeOfDay(time: string, locale: string): string {
  const onSomeDay = new Date(`1970-01-01T${time}Z`);
  return dateFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(onSomeDay);
}

const AGO_UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** Formats how long ago something was, in the largest unit that fits: "3 minutes ago", "3 menit yang lalu". */
export function formatAgo(timestamp: Date, now: Date, locale: string): string {
  const elapsedMs = Math.max(0, now.getTime() - timestamp.getTime());
  const [unit, size] = AGO_UNITS.find(([, unitMs]) => elapsedMs >= unitMs) ?? ['second', 1_000];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.floor(elapsedMs / size), unit);
}

/** Returns the currency symbol that precedes an amount: "Rp", "$". */
export function currencyMark(currency: string, locale: string): string {
  const parts = numberFormat(locale, moneyOptions(currency, locale)).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}
