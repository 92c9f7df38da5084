/** Calendar days in a shop's time zone, by the platform's Intl data. */
import { LRUCache } from 'lru-cache';

const DAY_MS = 86_400_000;
const FORMATS_MAX = 500;
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: FORMATS_MAX });

function localFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Clocks change on whole minutes of UTC, since Liberia gave up its offset of 44 minutes and 30 seconds in 1972. */
const MINUTE_MS = 60_000;
const MINUTES_FROM = Date.UTC(1973, 0) / MINUTE_MS;
const OFFSETS_MAX = 10_000;
const offsets = new LRUCache<string, number>({ max: OFFSETS_MAX });

/** Local wall-clock time of an instant, as if it were UTC, in milliseconds (whole seconds). */
function wallClockMs(timestamp: number, timeZone: string): number {
  const minute = Math.floor(timestamp / MINUTE_MS);
  if (minute < MINUTES_FROM) return readWallClockMs(timestamp, timeZone);
  const key = `${timeZone} ${minute}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    // Intl takes as long as everything else computed for an order.
    offset = readWallClockMs(minute * MINUTE_MS, timeZone) - minute * MINUTE_MS;
    offsets.set(key, offset);
  }
  return timestamp - (timestamp % 1_000) + offset;
}

function readWallClockMs(timestamp: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of localFormat(timeZone).formatToParts(timestamp)) part[type] = Number(value);
  return Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
    part.second ?? 0,
  );
}

/**
 * Returns the wall clock of a time zone at an instant (whole seconds), as the UTC fields of a date, for formats
 * without time zones.
 */
export function wallClock(timestamp: Date, timeZone: string): Date {
  return new Date(wallClockMs(timestamp.getTime(), timeZone));
}

/** Returns the calendar day of an instant in a time zone, as `YYYY-MM-DD`. Throws RangeError for an unknown zone. */
export function localDay(timestamp: Date, timeZone: string): string {
  return new Date(wallClockMs(timestamp.getTime(), timeZone)).toISOString().slice(0, 10);
}

/**
 * Returns the instant at which a calendar day (`YYYY-MM-DD`) begins in a time zone; if DST repeats it, the first
 * occurrence.
 */
export function startOfDay(day: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`);
  let timestamp = wall;
  // Two corrections settle every zone: the second covers a change of offset between guess and answer.
  for (let step = 0; step < 2; step++) timestamp -= wallClockMs(timestamp, timeZone) - wall;
  const shortfall = wall - wallClockMs(timestamp, timeZone);
  // Midnight doesn't exist (clocks go forward over it): the day begins at the time they jump to.
  return new Date(shortfall > 0 ? timestamp + shortfall : timestamp);
}

/** Returns the day `count` days after a calendar day. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

const ENDS_MAX = 10_000;
const ends = new LRUCache<string, Date>({ max: ENDS_MAX });

/**
 * Returns the end of the local day `days` days after an instant, exclusive: the next day's midnight. What expires "on
 * a day" can be used until its last second.
 */
export function endOfDayAfter(timestamp: Date, days: number, timeZone: string): Date {
  const lastDay = addDays(localDay(timestamp, timeZone), days);
  const key = `${timeZone} ${lastDay}`;
  let end = ends.get(key);
  if (!end) {
    end = startOfDay(addDays(lastDay, 1), timeZone);
    ends.set(key, end);
  }
  return end;
}

/** Returns the instant a number of whole days (24 hours) later. */
export function daysLater(timestamp: Date, days: number): Date {
  return new Date(timestamp.getTime() + days * DAY_MS);
}
