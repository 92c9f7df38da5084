/**
 * What PostgreSQL can store. Everything that comes from outside passes here at its entrance, before anything is written
 * anywhere: texts lose the characters that it cannot store, ids and days beyond its range are none.
 */

/** U+0000, and halves of a surrogate pair. */
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Returns a text without the characters that the database cannot store. */
export function cleanText(text: string): string {
  return text.isWellFormed() && !text.includes('\u0000') ? text : text.replace(UNSTORABLE, '');
}

const SUSPICIOUS_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/;
/** A pair stays, a half or U+0000 goes, any other escape (an escaped backslash above all) is passed over whole. */
const ESCAPES =
  /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(\\u(?:0000|[dD][89a-fA-F][\da-fA-F]{2}))|\\[\s\S]/g;

/** As `cleanText`, for a text of JSON: its escapes are cleaned too. Parse what this returns. */
export function cleanJsonText(json: string): string {
  const text = cleanText(json);
  if (!SUSPICIOUS_ESCAPE.test(text)) return text;
  return text.replace(ESCAPES, (escape, unstorable?: string) => (unstorable === undefined ? escape : ''));
}

/** Parses JSON that the database can store; null for a text that is none. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(cleanJsonText(json));
  } catch {
    return null;
  }
}

/** Reads the search parameters of an address (a request's, or a text of parameters). */
export function readSearchParams(from: Request | string): URLSearchParams {
  const params = typeof from === 'string' ? new URLSearchParams(from) : new URL(from.url).searchParams;
  return new URLSearchParams([...params].map(([name, value]) => [name, cleanText(value)]));
}

/** The largest bigint. */
const ID_MAX = 9_223_372_036_854_775_807n;

/** Whether an id fits the database. */
export function isStorableId(id: bigint): boolean {
  return id >= 0n && id <= ID_MAX;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const FEBRUARY = 2;

/** Whether a text is a day of the calendar, `YYYY-MM-DD`, from the year 1 on. */
export function isStorableDay(text: string): boolean {
  const [, year, month, day] = DAY.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || year === 0 || day === 0) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (MONTH_DAYS[month - 1] ?? 0) + (month === FEBRUARY && isLeap ? 1 : 0);
}
