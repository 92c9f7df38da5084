/** What follows from an error code of Twilio's beyond the message itself (twilio.com/docs/api/errors/<code>). */

/**
 * `pause`: the campaign stops, since every further message would meet the same. `country`: so would every further one to that
 * country. `fail`: it's the number's, or this text's. `unlisted`: nothing is known of it; many alike are the campaign's.
 */
export type ErrorEffect = 'suppress' | 'pause' | 'country' | 'fail' | 'unlisted';

/** The person stopped this sender at Twilio. */
const SUPPRESS = new Set([21_610]);
/** The account doesn't write to this country. */
const COUNTRY = new Set([21_408]);
/** Credentials, account, sender or service: the merchant has to mend it. */
const PAUSE = new Set([
  20_003, 20_005, 20_404, 21_606, 21_608, 21_611, 21_612, 21_701, 21_703, 21_704, 30_001, 30_002, 30_034,
  30_042,
]);
/** No number or none that gets texts, a text too long or empty, what carriers report. */
const FAIL = new Set([
  21_211, 21_214, 21_602, 21_614, 21_617, 21_635, 21_658, 30_003, 30_004, 30_005, 30_006, 30_007, 30_008,
  30_022, 30_023, 30_036, 30_450,
]);

/** Returns what follows from a refusal with this code. */
export function effectOf(code: number): ErrorEffect {
  if (SUPPRESS.has(code)) return 'suppress';
  if (COUNTRY.has(code)) return 'country';
  if (PAUSE.has(code)) return 'pause';
  return FAIL.has(code) ? 'fail' : 'unlisted';
}
