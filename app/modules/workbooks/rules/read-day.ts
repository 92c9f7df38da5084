/** Dates as cells hold them: serial numbers, and texts in the writings of Indonesia, Thailand, Iran and the English. */
import { foldDigits } from '#app/lib/digits.ts';
import { isStorableDay } from '#app/lib/storable.ts';
import { withoutInvisible } from './fold-text.ts';
import type { RowProblemCode } from './import-fields.ts';

/** Calendars whose years may be meant beside the Gregorian ones. */
export interface DayContext {
  today: string;
  /** The earliest that is taken. */
  firstDay: string;
  dateOrder: 'dmy' | 'mdy';
  isFrom1904: boolean;
  isThai: boolean;
  isPersian: boolean;
}

export type DayRead = { ok: true; day: string } | { ok: false; code: RowProblemCode };

const DAY_MS = 86_400_000;
/** 31 December 9999, Excel's last day. */
const SERIAL_MAX = 2_958_465;
const BUDDHIST = { first: 2400, last: 2600, before: 543 };
const JALALI = { first: 1250, last: 1450 };

/**
 * Returns the day of a serial number, `YYYY-MM-DD`; null for what is none. Serial 60 of the 1900 system is the 29 February
 * 1900 that never was; the days before it count from 1 January.
 */
export function dayOfSerial(serial: number, isFrom1904: boolean): string | null {
  const whole = Math.floor(serial);
  if (!(whole >= (isFrom1904 ? 0 : 1)) || whole > SERIAL_MAX) return null;
  if (isFrom1904) return toDay(Date.UTC(1904, 0, 1) + whole * DAY_MS);
  if (whole === 60) return null;
  return toDay(Date.UTC(1899, 11, whole < 60 ? 31 : 30) + whole * DAY_MS);
}

function toDay(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** Reads a number cell in a date column. A year alone is no day of 1905. */
export function readSerialDay(serial: number, context: DayContext): DayRead {
  if (Number.isInteger(serial) && serial >= 1900 && serial <= Number(context.today.slice(0, 4)))
    return { ok: false, code: 'year_only' };
  const day = dayOfSerial(serial, context.isFrom1904);
  return day === null ? { ok: false, code: 'not_a_day' } : check(day, context);
}

/** As `readSerialDay` for a cell that is shown as a date: then the number is no year. */
export function readShownDay(serial: number, context: DayContext): DayRead {
  const day = dayOfSerial(serial, context.isFrom1904);
  return day === null ? { ok: false, code: 'not_a_day' } : check(day, context);
}

const TIME = /[T ]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:Z|[+-]\d{2}:?\d{2}|[ap]\.?m\.?)?$/i;
const WEEKDAY = /^[\p{L}\p{M}'’.]+,\s*/u;
const YEAR_FIRST = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})$/;
const EIGHT_DIGITS = /^(\d{4})(\d{2})(\d{2})$/;
const DAY_NAME_YEAR =
  /^(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*([\p{L}\p{M}][\p{L}\p{M}.]*)[\s\-/.,]*(\d{2}|\d{4})$/u;
const NAME_DAY_YEAR = /^([\p{L}\p{M}][\p{L}\p{M}.]*)\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{2}|\d{4})$/u;
const ONLY_YEAR = /^\d{4}$/;
/** Most texts: nothing to remove from them. */
const DIGITS = /^[0-9][0-9/.-]*$/;

/** Reads a text in a date column. */
export function readWrittenDay(written: string, context: DayContext): DayRead {
  const bare = DIGITS.test(written) ? written : bareDay(written);
  if (ONLY_YEAR.test(bare)) return { ok: false, code: 'year_only' };
  const parts = partsOf(bare, context.dateOrder);
  if (parts === null) return { ok: false, code: 'not_a_day' };
  const { year, month, day } = parts;
  if (year.length === 2) return { ok: false, code: isPossible(month, day) ? 'year_unclear' : 'not_a_day' };
  return toGregorian(Number(year), month, day, context);
}

/** The text without what may stand around a day. */
function bareDay(written: string): string {
  const text = foldDigits(withoutInvisible(written)).replaceAll(/\s+/g, ' ').trim().replace(/^'/, '');
  return text.replace(TIME, '').replace(WEEKDAY, '').trim();
}

interface DayParts {
  year: string;
  month: number;
  day: number;
}

function partsOf(text: string, order: DayContext['dateOrder']): DayParts | null {
  const first = YEAR_FIRST.exec(text) ?? EIGHT_DIGITS.exec(text);
  if (first) return parts(first[1], first[2], first[3]);
  const last = YEAR_LAST.exec(text);
  if (last) return order === 'dmy' ? parts(last[3], last[2], last[1]) : parts(last[3], last[1], last[2]);
  const named = DAY_NAME_YEAR.exec(text);
  if (named) return parts(named[3], monthOf(named[2]), named[1]);
  const turned = NAME_DAY_YEAR.exec(text);
  return turned ? parts(turned[3], monthOf(turned[1]), turned[2]) : null;
}

function parts(year = '', month: string | number | undefined, day = ''): DayParts | null {
  return month === undefined ? null : { year, month: Number(month), day: Number(day) };
}

function isPossible(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function toGregorian(year: number, month: number, day: number, context: DayContext): DayRead {
  if (!isPossible(month, day)) return { ok: false, code: 'not_a_day' };
  if (context.isPersian && year >= JALALI.first && year <= JALALI.last) {
    const gregorian = gregorianOfJalali(year, month, day);
    return gregorian === null ? { ok: false, code: 'not_a_day' } : check(gregorian, context);
  }
  const isBuddhist = context.isThai && year >= BUDDHIST.first && year <= BUDDHIST.last;
  const common = isBuddhist ? year - BUDDHIST.before : year;
  const two = (number: number) => String(number).padStart(2, '0');
  return check(`${String(common).padStart(4, '0')}-${two(month)}-${two(day)}`, context);
}

function check(day: string, { today, firstDay }: DayContext): DayRead {
  if (!isStorableDay(day) || day < firstDay) return { ok: false, code: 'not_a_day' };
  return day > today ? { ok: false, code: 'in_future' } : { ok: true, day };
}

const MONTHS: readonly string[] = [
  'januari jan january มกราคม ม.ค.',
  'februari feb pebruari february กุมภาพันธ์ ก.พ.',
  'maret mar march มีนาคม มี.ค.',
  'april apr เมษายน เม.ย.',
  'mei may พฤษภาคม พ.ค.',
  'juni jun june มิถุนายน มิ.ย.',
  'juli jul july กรกฎาคม ก.ค.',
  'agustus agu ags agt aug august สิงหาคม ส.ค.',
  'september sep sept กันยายน ก.ย.',
  'oktober okt oct october ตุลาคม ต.ค.',
  'november nov nopember nop พฤศจิกายน พ.ย.',
  'desember des dec december ธันวาคม ธ.ค.',
];

const withoutDots = (name: string): string => name.toLowerCase().replaceAll('.', '');

const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) =>
    names.split(' ').map((name): [string, number] => [withoutDots(name), index + 1]),
  ),
);

function monthOf(name = ''): number | undefined {
  return MONTH_OF.get(withoutDots(name));
}

const JALALI_MONTHS = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});

/** Nowruz of the year is 20 or 21 March (UTC here); the first six months have 31 days, the next five 30. */
function gregorianOfJalali(year: number, month: number, day: number): string | null {
  const before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const nowruz = Date.UTC(year + 621, 2, 21);
  for (const shift of [0, -1, 1]) {
    const timeMs = nowruz + (shift + before + day - 1) * DAY_MS;
    const read = jalaliOf(timeMs);
    if (read.year === year && read.month === month && read.day === day) return toDay(timeMs);
  }
  return null;
}

function jalaliOf(timeMs: number): { year: number; month: number; day: number } {
  const read: Record<string, number> = {};
  for (const { type, value } of JALALI_MONTHS.formatToParts(timeMs)) read[type] = Number.parseInt(value, 10);
  return { year: read.year ?? 0, month: read.month ?? 0, day: read.day ?? 0 };
}
