/** What follows from an error code of Twilio's beyond the message itself (twilio.com/docs/api/errors/<code>). */

/**
 * `account`, `pause`, `country`: every further message of the shop, of the campaign, or of the campaign to that country would
 * meet the same. `full`: the sender's queue is. `unregistered`: the sender may not write to the US. `later`: at a limit of
 * carriers in the US. `fail`: it's the number's, or this text's. `unlisted`: nothing is known of it; many alike are the campaign's.
 */
export type ErrorEffect = HoldEffect | 'suppress' | 'pause' | 'country' | 'fail' | 'unlisted';
/** After these the message waits, and is sent later. */
export type HoldEffect = 'account' | 'full' | 'unregistered' | 'later';

/** The person stopped this sender at Twilio. */
const SUPPRESS = new Set([21_610]);
/** The account doesn't write to this country. */
const COUNTRY = new Set([21_408]);
/** Credentials, account closed, suspended, for trial, or at its limit of the day. */
const ACCOUNT = new Set([20_003, 20_005, 20_404, 21_608, 30_002, 30_454, 63_038]);
/** Sender or service: the merchant has to mend it. */
const PAUSE = new Set([21_606, 21_612, 21_701, 21_703, 21_704, 30_042]);
const FULL = new Set([21_611, 30_001]);
const UNREGISTERED = new Set([30_034, 30_035]);
export const US_RATE = 30_022;
export const US_DAILY_CAP = 30_023;
/** No number or none that gets texts, a text too long or empty, what carriers report. */
const FAIL = new Set([
  21_211, 21_214, 21_602, 21_614, 21_617, 21_635, 21_658, 30_003, 30_004, 30_005, 30_006, 30_007, 30_008,
  30_036, 30_450,
]);
const UNAUTHORIZED = 401;

const EFFECTS: readonly (readonly [ReadonlySet<number>, ErrorEffect])[] = [
  [SUPPRESS, 'suppress'],
  [COUNTRY, 'country'],
  [ACCOUNT, 'account'],
  [PAUSE, 'pause'],
  [FULL, 'full'],
  [UNREGISTERED, 'unregistered'],
  [new Set([US_RATE, US_DAILY_CAP]), 'later'],
  [FAIL, 'fail'],
];

/** Returns what follows from this code: in a refusal with an HTTP status, or in a report, which has none. */
export function effectOf(code: number, status: number | null = null): ErrorEffect {
  if (status === UNAUTHORIZED) return 'account';
  return EFFECTS.find(([codes]) => codes.has(code))?.[1] ?? 'unlisted';
}

/** Whether a message that met this waits. */
export function isHeldBack(effect: ErrorEffect): effect is HoldEffect {
  return effect === 'account' || effect === 'full' || effect === 'unregistered' || effect === 'later';
}

/** Whether other messages that wait would meet the same now. */
export function isMetByOthers(effect: ErrorEffect): boolean {
  return effect === 'pause' || effect === 'country' || isHeldBack(effect);
}
