import { cleanJsonText } from './storable.ts';

const LONG_DIGITS = 16;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
/** Where a number of 16 or more digits may be, which a double may not hold exactly; or a string that looks like one. */
const LONG_NUMBER = /(?:^|[:,[])\s*-?\d{16}/;
const LONG_INTEGER = /^-?[1-9]\d{15,}$/;
/** Matches whole strings, so that their content is skipped, and whole numbers. */
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Like JSON.parse, but keeps integers beyond 2^53 (Shopify's documented ids are that long) as strings of digits.
 * Throws SyntaxError as JSON.parse does. A reviver would do the same at ten times the cost of the parse.
 */
export function parseWebhookJson(text: string): unknown {
  const body = cleanJsonText(text);
  if (!hasLongDigits(body) || !LONG_NUMBER.test(body)) return JSON.parse(body);
  return JSON.parse(
    body.replaceAll(TEXT_OR_NUMBER, (token) => (LONG_INTEGER.test(token) ? `"${token}"` : token)),
  );
}

/**
 * Returns whether the text has 16 digits in a row. Every such run covers a position that is a multiple of 16, so most
 * of the text isn't looked at.
 */
function hasLongDigits(text: string): boolean {
  for (let at = LONG_DIGITS - 1; at < text.length; at += LONG_DIGITS) {
    if (!isDigit(text, at)) continue;
    let first = at;
    let last = at;
    while (first > 0 && isDigit(text, first - 1)) first -= 1;
    while (isDigit(text, last + 1)) last += 1;
    if (last - first + 1 >= LONG_DIGITS) return true;
  }
  return false;
}

/** False past the end, where the code is NaN. */
function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= DIGIT_0 && code <= DIGIT_9;
}
