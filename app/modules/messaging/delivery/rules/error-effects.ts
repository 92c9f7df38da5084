/** What follows from an error code of Twilio's beyond the message itself (twilio.com/docs/api/errors/<code>). */

/** `pause`: the campaign stops, since every further message would meet the same. */
export type ErrorEffect = 'suppress' | 'pause' | 'fail';

/** The person stopped this sender at Twilio. */
const SUPPRESS = new Set([21_610]);
/** Credentials, account, sender or service: the merchant has to mend it. */
const PAUSE = new Set([
  20_003, 20_005, 20_404, 21_606, 21_608, 21_611, 21_612, 21_701, 21_703, 21_704, 30_001, 30_002, 30_034,
  30_042,
]);

export function effectOf(code: number): ErrorEffect {
  if (SUPPRESS.has(code)) return 'suppress';
  return PAUSE.has(code) ? 'pause' : 'fail';
}
