/** Calendar days in a shop's time zone, by the platform's Intl data. */

const DAY_MS = 86_400_000;
const FORMATS_MAX = 500;
const formats = new Map<string, Intl.DateTimeFormat>();

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
    if (formats.size >= FORMATS_MAX) formats.clear();
    formats.set(timeZone, format);
  }
  return format;
}

/** Clocks change on whole minutes of UTC, since Liberia gave up its 44 minutes and 30 seconds in 1972. */
const MINUTE_MS = 60_000;
const MINUTES_FROM = Date.UTC(1973, 0) / MINUTE_MS;
const OFFSETS_MAX = 10_000;
const offsets = new Map<string, number>();

/** Local wall-clock time of a moment, as if it were UTC, in milliseconds (whole seconds). */
function wallClockMs(moment: number, timeZone: string): number {
  const minute = Math.floor(moment / MINUTE_MS);
  if (minute < MINUTES_FROM) return readWallClockMs(moment, timeZone);
  const key = `${timeZone} ${minute}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    // Intl takes as long as all the rest that is computed for an order.
    offset = readWallClockMs(minute * MINUTE_MS, timeZone) - minute * MINUTE_MS;
    if (offsets.size >= OFFSETS_MAX) offsets.clear();
    offsets.set(key, offset);
  }
  return moment - (moment % 1_000) + offset;
}

function readWallClockMs(moment: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of localFormat(timeZone).formatToParts(moment)) part[type] = Number(value);
  return Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
    part.second ?? 0,
  );
}

/** The wall clock of a time zone at a moment (whole seconds), as the UTC fields of a date: for what knows no zones. */
export function wallClock(moment: Date, timeZone: string): Date {
  return new Date(wallClockMs(moment.getTime(), timeZone));
}

/** The calendar day of a moment in a time zone, as `YYYY-MM-DD`. Throws RangeError for an unknown zone. */
export function localDay(moment: Date, timeZone: string): string {
  return new Date(wallClockMs(moment.getTime(), timeZone)).toISOString().slice(0, 10);
}

/** The moment at which a calendar day (`YYYY-MM-DD`) begins in a time zone; across a clock change the first such. */
export function startOfDay(day: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`);
  let moment = wall;
  // Two corrections settle every zone: the second covers a change of offset between guess and answer.
  for (let step = 0; step < 2; step++) moment -= wallClockMs(moment, timeZone) - wall;
  const shortfall = wall - wallClockMs(moment, timeZone);
  // Midnight that does not exist (clocks go forward over it): the day begins where they land.
  return new Date(shortfall > 0 ? moment + shortfall : moment);
}

/** The day `count` days after a calendar day. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

const ENDS_MAX = 10_000;
const ends = new Map<string, Date>();

/**
 * End of the local day `days` days after a moment, exclusive: the next day's midnight. What expires "on a day" can be
 * used until its last second.
 */
export function endOfDayAfter(moment: Date, days: number, timeZone: string): Date {
  const lastDay = addDays(localDay(moment, timeZone), days);
  const key = `${timeZone} ${lastDay}`;
  let end = ends.get(key);
  if (!end) {
    end = startOfDay(addDays(lastDay, 1), timeZone);
    if (ends.size >= ENDS_MAX) ends.clear();
    ends.set(key, end);
  }
  return end;
}

/** A moment a number of whole days (24 hours) later. */
export function daysLater(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * DAY_MS);
}
