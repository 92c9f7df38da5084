/** Whether "apply now" (F68) would change what an order has earned. */
import { UNITS, type Unit } from '#app/lib/units.ts';
import { ORDER_RULE_KINDS } from '#app/modules/ledger/rules/posting-types.ts';
import { entitlementsOf, type NothingBecause } from '../rules/entitlement.ts';
import type { OrderExplained, PostedEntry } from './explain-order.server.ts';

interface Amount {
  unit: Unit;
  amount: bigint;
}

/** Reasons that may be over by now: the rules are then those of today. */
const MAY_BE_OVER: readonly (NothingBecause | null)[] = ['trial', 'left_club', 'other_currency'];

/** True for what the rules posted, not staff or a spending shopper. */
export const isOfRules = ({ kind }: PostedEntry): boolean => ORDER_RULE_KINDS.some((each) => each === kind);

export function sumsOf(parts: readonly Amount[]): Map<Unit, bigint> {
  const sums = new Map<Unit, bigint>();
  for (const { unit, amount } of parts) sums.set(unit, (sums.get(unit) ?? 0n) + amount);
  return sums;
}

/** The rules give something else than what was posted. */
export function isDue({ earning, isHistory, eligibleAt, entries }: OrderExplained): boolean {
  if (isHistory || eligibleAt === null) return false;
  const { nothingBecause } = earning;
  const ofRules = entries.filter(isOfRules);
  if (MAY_BE_OVER.includes(nothingBecause)) return ofRules.length === 0;
  const earned = sumsOf(nothingBecause ? [] : entitlementsOf(earning));
  const posted = sumsOf(ofRules);
  return UNITS.some((unit) => (earned.get(unit) ?? 0n) !== (posted.get(unit) ?? 0n));
}
