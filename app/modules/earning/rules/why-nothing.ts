/** Why an order earned nothing, in one word for a list. */
import type { EarningExplained, NothingBecause } from './entitlement.ts';
import type { ProgramSilentBecause } from './program-earning.ts';

/** `history`: of before the club. `no_rule`: no rule was in force. `no_match`: several rules, each for another reason. `later`: it will earn. */
export type WhyNothing = NothingBecause | ProgramSilentBecause | 'history' | 'no_rule' | 'no_match' | 'later';

/** Returns why nothing is in the ledger for an order, by what its rules make of it now. */
export function whyNothing(earning: EarningExplained, isHistory: boolean): WhyNothing {
  const { nothingBecause, outcomes, offers } = earning;
  if (nothingBecause !== null) return nothingBecause === 'not_paid' && isHistory ? 'history' : nothingBecause;
  if (isHistory) return 'history';
  const silent = new Set(outcomes.flatMap(({ silentBecause }) => silentBecause ?? []));
  const earns = outcomes.some(({ entitlements }) => entitlements.length > 0);
  if (earns || offers.some(({ entitlement }) => entitlement !== null)) return 'later';
  if (outcomes.length === 0) return offers.length === 0 ? 'no_rule' : 'no_match';
  const [only] = silent;
  return only !== undefined && silent.size === 1 ? only : 'no_match';
}
