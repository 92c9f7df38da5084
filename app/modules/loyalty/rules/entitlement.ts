/** What an order earns, over its latest known state and the rules and facts it keeps. One pure function; no history needed. */
import { localDay } from './days.ts';
import { viewOf, type EarningInput, type Entitlement } from './earning.ts';
import { offerOutcomes, type OfferOutcome } from './offer-earning.ts';
import { isUndone, wasPaid, type OrderState } from './order-state.ts';
import type { EarnRules } from './program.ts';
import { programOutcome, type ProgramOutcome } from './program-earning.ts';
import { tierBonuses, type TierBonus } from './tier-bonus.ts';

export type NothingBecause =
  | 'test_order'
  | 'not_paid'
  | 'undone'
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

/** Whether an order's state lets it earn at all; the first such moment fixes its rules. */
export function isEligible(order: OrderState): boolean {
  return wasPaid(order) && !order.isTest;
}

/** `YYYY-MM-DD` days compare as text. */
function isBeforeStart(order: OrderState, rules: EarnRules): boolean {
  return rules.startsOn !== null && localDay(order.processedAt, rules.timeZone) < rules.startsOn;
}

function nothingBecause({ order, rules, facts }: EarningInput): NothingBecause | null {
  if (order.isTest) return 'test_order';
  if (isUndone(order)) return 'undone';
  if (!wasPaid(order)) return 'not_paid';
  if (isBeforeStart(order, rules)) return 'before_start';
  if (order.customerId === null) return 'no_customer';
  if (facts.withheld) return facts.withheld;
  return facts.hasClub ? null : 'club_off_for_category';
}

/** What one order earns by each rule, with everything needed to explain it, also when it earns nothing at all. */
export function explainEarning(input: EarningInput): EarningExplained {
  const view = viewOf(input);
  const outcomes = input.rules.programs.map((program) => programOutcome(view, program));
  return {
    nothingBecause: nothingBecause(input),
    outcomes,
    offers: offerOutcomes(view),
    bonuses: tierBonuses(
      input.facts.tier,
      outcomes.flatMap(({ entitlement }) => entitlement ?? []),
    ),
  };
}

/** The amounts an order is entitled to now; empty when it earns nothing. */
export function entitlement(input: EarningInput): Entitlement[] {
  if (nothingBecause(input)) return [];
  const { outcomes, offers, bonuses } = explainEarning(input);
  return [...outcomes, ...offers, ...bonuses].flatMap((outcome) => outcome.entitlement ?? []);
}
