/**
 * Calendar days as people type them. Stored and sent is always `YYYY-MM-DD`; order and separators of what is shown are the
 * language's.
 */
import { LRUCache } from 'lru-cache';
import { foldDigits } from './digits.ts';
import type { FieldErrors } from './field-errors.ts';
import { isStorableDay } from './storable.ts';

type Part = 'year' | 'month' | 'day';
type Parts = Record<Part, number>;

const LOCALES_MAX = 50;
const YEAR_DIGITS = 4;
const MONTHS = 12;
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: LOCALES_MAX });

/** In UTC, because a calendar day has no time zone. */
function format(locale: string): Intl.DateTimeFormat {
  let known = formats.get(locale);
  if (!known) {
    known = new Intl.DateTimeFormat(locale, {
      calendar: 'gregory',
      timeZone: 'UTC',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    formats.set(locale, known);
  }
  return known;
}

const isPart = (type: string): type is Part => type === 'year' || type === 'month' || type === 'day';

/** The order in which the language writes a day. */
function orderOf(locale: string): Part[] {
  return format(locale)
    .formatToParts(0)
    .flatMap(({ type }) => (isPart(type) ? [type] : []));
}

/** Formats a day (`YYYY-MM-DD`) for a field: "11/28/2026", "28/11/2026". `readTypedDay` reads it back. */
export function formatTypedDay(day: string, locale: string): string {
  return format(locale).format(new Date(`${day}T00:00:00Z`));
}

/** An example of how the language writes a day. */
export function exampleDay(locale: string): string {
  return formatTypedDay('2026-11-28', locale);
}

/**
 * Reads a day as typed, in any decimal digits: in the order of the language, in the other order of day and month where
 * only that is a day, or with the year first. Returns `YYYY-MM-DD`; null when it is no day or the year hasn't four digits.
 */
export function readTypedDay(text: string, locale: string): string | null {
  const numbers = foldDigits(text)
    .trim()
    .split(/\s*[-/.،,\s]\s*/);
  if (numbers.length !== 3 || numbers.some((number) => !/^\d{1,4}$/.test(number))) return null;
  const order = orderOf(locale);
  const isYearFirst = numbers[0]?.length === YEAR_DIGITS;
  if (isYearFirst) return toDay(numbers, ['year', 'month', 'day']);
  const others: Part[] = order.indexOf('day') < order.indexOf('month') ? ['day', 'month'] : ['month', 'day'];
  return toDay(numbers, [...others, 'year']) ?? toDay(numbers, [...others.toReversed(), 'year']);
}

/** Returns whether a text can be read as two days: "5/6/2026", but neither "28/6/2026" nor "2026-06-05". */
export function isDayUnclear(text: string): boolean {
  const [first = '', second = ''] = foldDigits(text)
    .trim()
    .split(/[-/.،,\s]+/);
  return (
    first.length < YEAR_DIGITS && Number(first) <= MONTHS && Number(second) <= MONTHS && first !== second
  );
}

/** The fields in which a text is neither a day (`YYYY-MM-DD`) nor empty. */
export function wrongDays(fields: Readonly<Record<string, string>>): FieldErrors {
  const errors: FieldErrors = {};
  for (const [name, day] of Object.entries(fields))
    if (day !== '' && !isStorableDay(day)) errors[name] = { code: 'not_a_day' };
  return errors;
}

function toDay(numbers: readonly string[], order: readonly Part[]): string | null {
  const parts: Parts = { year: 0, month: 0, day: 0 };
  for (const [place, part] of order.entries()) parts[part] = Number(numbers[place]);
  if (
    numbers[order.indexOf('year')]?.length !== YEAR_DIGITS ||
    numbers.some((number, place) => order[place] !== 'year' && number.length > 2)
  )
    return null;
  const date = new Date(Date.UTC(parts.year, parts.month - 1, parts.day));
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  const isDay = date.getUTCMonth() === parts.month - 1 && date.getUTCDate() === parts.day;
  return isDay ? date.toISOString().slice(0, 10) : null;
}
