/** Why nothing is sent with an account, in words for the merchant (twilio.com/docs/api/errors/<code>). */

export type AccountProblem = 'credentials' | 'trial' | 'suspended' | 'daily_limit';

const BY_CODE: ReadonlyMap<number, AccountProblem> = new Map([
  [21_608, 'trial'],
  [30_002, 'suspended'],
  [30_454, 'daily_limit'],
  [63_038, 'daily_limit'],
]);

/** Returns what the code says of the account; the others are about what opens it. Null without one. */
export function accountProblemOf(code: number | null): AccountProblem | null {
  return code === null ? null : (BY_CODE.get(code) ?? 'credentials');
}
