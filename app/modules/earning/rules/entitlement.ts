/** What an order earns, over its latest known state and the rules and facts it keeps. One pure function; no history needed. */
import { localDay } from '#app/lib/calendar-days.ts';
import { viewOf, type EarningInput, type Entitlement } from './earning.ts';
import { offerOutcomes, type OfferOutcome } from './offer-earning.ts';
import { isUndone, type OrderState } from '#app/modules/orders/rules/order-state.ts';
import type { EarnRules } from './program.ts';
import { programOutcome, type ProgramOutcome } from './program-earning.ts';
import { tierBonuses, type TierBonus } from './tier-bonus.ts';

export type NothingBecause =
  | 'test_order'
  | 'not_paid'
  | 'undone'
  | 'other_currency'
  | 'before_start'
  | 'no_customer'
  | 'club_off_for_category'
  | 'trial'
  | 'left_club'
  | 'backfill_undone';

export interface EarningExplained {
  nothingBecause: NothingBecause | null;
  outcomes: ProgramOutcome[];
  offers: OfferOutcome[];
  bonuses: TierBonus[];
}

/** `YYYY-MM-DD` days compare as text. */
function isBeforeStart(order: OrderState, rules: EarnRules): boolean {
  return rules.startsOn !== null && localDay(order.processedAt, rules.timeZone) < rules.startsOn;
}

/** Steps and minimums are money: an order of before the shop's currency changed cannot be compared with them. */
function isOtherCurrency(order: OrderState, { currency }: EarnRules): boolean {
  return currency !== null && order.currency !== currency;
}

function nothingBecause({ order, rules, facts, eligibleAt }: EarningInput): NothingBecause | null {
  if (order.isTest) return 'test_order';
  if (isUndone(order)) return 'undone';
  if (eligibleAt === null) return 'not_paid';
  if (isOtherCurrency(order, rules)) return 'other_currency';
  if (isBeforeStart(order, rules)) return 'before_start';
  if (order.customerId === null) return 'no_customer';
  if (facts.withheld) return facts.withheld;
  return facts.hasClub ? null : 'club_off_for_category';
}

/**
 * What one order earns by each rule, with everything needed to explain it, also when it earns nothing at all; no rules
 * where the order is in another currency than their amounts.
 */
export function explainEarning(input: EarningInput): EarningExplained {
  if (isOtherCurrency(input.order, input.rules))
    return { nothingBecause: nothingBecause(input), outcomes: [], offers: [], bonuses: [] };
  const view = viewOf(input);
  const outcomes = input.rules.programs.map((program) => programOutcome(view, program));
  return {
    nothingBecause: nothingBecause(input),
    outcomes,
    offers: offerOutcomes(view),
    bonuses: tierBonuses(
      input.facts.tier,
      outcomes.flatMap(({ entitlements }) => entitlements),
    ),
  };
}

/** The amounts an order is entitled to now; empty when it earns nothing. */
export function entitlement(input: EarningInput): Entitlement[] {
  if (nothingBecause(input)) return [];
  return entitlementsOf(explainEarning(input));
}

/** All that programs, offers and tiers give. */
export function entitlementsOf({ outcomes, offers, bonuses }: EarningExplained): Entitlement[] {
  return [
    ...outcomes.flatMap(({ entitlements }) => entitlements),
    ...[...offers, ...bonuses].flatMap(({ entitlement }) => entitlement ?? []),
  ];
}
