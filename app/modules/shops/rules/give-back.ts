/**
 * How much of an order a club's rules give back at most, and whether that has to be meant. Counted as if one order were
 * large and met every rule: who a program is for and what it excludes only make it less.
 */
import type { CostQuestion } from '#app/lib/cost-question.ts';
import { currencyDigits } from '#app/lib/money.ts';
import type { Unit } from '#app/lib/units.ts';
import type { RedemptionRate } from './club-settings.ts';
import { firstClub } from './first-club.ts';

const BASIS_POINTS = 10_000n;
const WHOLE_PERCENT = 100n;

/** Above it a rule has to be meant. */
export const ASKED_ABOVE_BP = 3_000;
/** Above it a rule is refused: more would go back than was paid. */
export const REFUSED_ABOVE_BP = 10_000;

/** Each full step of an order gives that many units. */
export interface SpendTerms {
  programId: bigint;
  unit: Unit;
  units: bigint;
  stepMinor: bigint;
}

/** A part of the order; the most generous one of its group counts. */
export interface OfferTerms {
  offerId: bigint;
  groupId: bigint;
  unit: Unit;
  percentBp: number;
}

/** What decides how much an order gives back. */
export interface GiveBackRules {
  currency: string;
  rate: RedemptionRate;
  spend: readonly SpendTerms[];
  /** Empty while offers are switched off. */
  offers: readonly OfferTerms[];
  /** Of the highest tier; 100 while there are no tiers. */
  multiplierPercent: number;
}

/** Returns what an amount is worth: points at the shop's rate, rounded down; credit is money itself. */
export function worthOf(amount: bigint, unit: Unit, rate: RedemptionRate): bigint {
  return unit === 'CREDIT' ? amount : (amount * rate.amountMinor) / rate.units;
}

/** Returns the share of an order that goes back, in hundredths of a percent, each rule's rounded down. */
export function giveBackBp(rules: GiveBackRules): number {
  const { rate, spend, offers, multiplierPercent } = rules;
  const programs = spend.reduce((sum, terms) => sum + spendShareBp(terms, rate), 0n);
  const byGroup = Map.groupBy(offers, ({ groupId }) => groupId);
  const groups = [...byGroup.values()].reduce(
    (sum, group) => sum + BigInt(Math.max(...group.map((offer) => offerShareBp(offer, rules)))),
    0n,
  );
  return Number((programs * BigInt(multiplierPercent)) / WHOLE_PERCENT + groups);
}

function spendShareBp({ unit, units, stepMinor }: SpendTerms, rate: RedemptionRate): bigint {
  const { units: per, amountMinor } = unit === 'CREDIT' ? { units: 1n, amountMinor: 1n } : rate;
  return (units * amountMinor * BASIS_POINTS) / (per * stepMinor);
}

/** Points of an offer are counted from whole units of the currency: 5 % of Rp 100,000 is 5,000 points. */
function offerShareBp({ unit, percentBp }: OfferTerms, { currency, rate }: GiveBackRules): number {
  if (unit === 'CREDIT') return percentBp;
  const whole = 10n ** BigInt(currencyDigits(currency));
  return Number((BigInt(percentBp) * rate.amountMinor) / (rate.units * whole));
}

export type Verdict = { is: 'fine' } | { is: 'refused' } | { is: 'asked'; question: CostQuestion };

const FINE: Verdict = { is: 'fine' };

/** The order that a question speaks of: ten steps of what a new club in the currency begins with. */
export function exampleOrderMinor(currency: string): bigint {
  return firstClub(currency).stepMinor * 10n;
}

/**
 * Judges a change of the rules by what an order gives back before and after it. What gives back no more than before is
 * always fine: a club that was generous already can still be changed.
 */
export function judgeGiveBack(before: GiveBackRules, after: GiveBackRules): Verdict {
  const shareBp = giveBackBp(after);
  if (shareBp <= ASKED_ABOVE_BP || shareBp <= giveBackBp(before)) return FINE;
  if (shareBp > REFUSED_ABOVE_BP) return { is: 'refused' };
  const orderMinor = exampleOrderMinor(after.currency);
  const backMinor = (orderMinor * BigInt(shareBp)) / BASIS_POINTS;
  return { is: 'asked', question: { kind: 'order', shareBp, orderMinor, backMinor } };
}

const USUAL_TIMES = 100n;

/**
 * Judges an amount that one customer gets, or loses, at once: it has to be meant when it is worth more than ten lunches
 * (`exampleOrderMinor`), or a hundred times what is usual.
 */
export function judgeAmount(
  amount: bigint,
  unit: Unit,
  { currency, rate }: Pick<GiveBackRules, 'currency' | 'rate'>,
  usual: bigint | null,
): Verdict {
  const worthMinor = worthOf(amount, unit, rate);
  const isMuch = worthMinor > exampleOrderMinor(currency);
  const isUnusual = usual !== null && amount > usual * USUAL_TIMES;
  if (!isMuch && !isUnusual) return FINE;
  return { is: 'asked', question: { kind: 'worth', amount, unit, worthMinor, usual } };
}

/** What many customers get, or lose, at once. */
export interface ManyAmounts {
  customers: number;
  /** Of all of them together. */
  worthMinor: bigint;
  /** How many get an amount that has to be meant even for one customer. */
  large: number;
}

const MANY_ORDERS = 100n;

/** Judges amounts for many customers: they have to be meant when one of them has, or when all together are worth much. */
export function judgeMany({ customers, worthMinor, large }: ManyAmounts, currency: string): Verdict {
  const limitMinor = exampleOrderMinor(currency);
  if (large === 0 && worthMinor <= limitMinor * MANY_ORDERS) return FINE;
  return { is: 'asked', question: { kind: 'many', customers, worthMinor, large, limitMinor } };
}

/** What an order earns by programs for spending. */
export interface OrderExample {
  orderMinor: bigint;
  points: bigint;
  /** Credit, minor units. */
  creditMinor: bigint;
  /** Of both. */
  worthMinor: bigint;
  /** Hundredths of a percent of the order, rounded down. */
  shareBp: number;
}

/** Three steps and a quarter of what a new club begins with: an order that no step fits exactly. */
const EXAMPLE_QUARTERS = 13n;

/** Returns what an ordinary order would earn; null while no program is for spending. */
export function exampleEarning({ currency, rate, spend }: GiveBackRules): OrderExample | null {
  if (spend.length === 0) return null;
  const orderMinor = (firstClub(currency).stepMinor * EXAMPLE_QUARTERS) / 4n;
  const earned = (unit: Unit) =>
    spend.reduce(
      (sum, terms) => (terms.unit === unit ? sum + (orderMinor / terms.stepMinor) * terms.units : sum),
      0n,
    );
  const points = earned('POINTS');
  const creditMinor = earned('CREDIT');
  const worthMinor = worthOf(points, 'POINTS', rate) + creditMinor;
  return {
    orderMinor,
    points,
    creditMinor,
    worthMinor,
    shareBp: Number((worthMinor * BASIS_POINTS) / orderMinor),
  };
}
