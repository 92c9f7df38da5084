/** Why nothing is sent with an account, in words for the merchant (twilio.com/docs/api/errors/<code>). */

/** `platform`: the operator's account, which the merchant can't mend. */
export type AccountProblem = 'credentials' | 'trial' | 'suspended' | 'daily_limit' | 'platform';

const BY_CODE: ReadonlyMap<number, AccountProblem> = new Map([
  [21_608, 'trial'],
  [30_002, 'suspended'],
  [30_454, 'daily_limit'],
  [63_038, 'daily_limit'],
]);

/** Returns what the code says of the account; codes that aren't here are about what opens it. Null without one. */
export function accountProblemOf(account: 'own' | 'platform', code: number | null): AccountProblem | null {
  if (code === null) return null;
  return account === 'platform' ? 'platform' : (BY_CODE.get(code) ?? 'credentials');
}
