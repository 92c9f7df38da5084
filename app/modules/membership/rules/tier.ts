/** Which tier a customer has (F127): by what was measured in a period, and how long a tier is kept afterwards. */
import { addDays, endOfDayAfter, localDay, startOfDay } from '#app/lib/calendar-days.ts';

export type TierMeasure = 'spend' | 'points';
export type TierPeriod = 'rolling' | 'calendar';
export type TierKeep = 'none' | 'days' | 'period';

/** How the shop measures, and how long a tier that is no longer reached is kept. */
export interface TierRule {
  measure: TierMeasure;
  period: TierPeriod;
  /** Days of a rolling period, today included. */
  periodDays: number;
  keep: TierKeep;
  keepDays: number;
  /** IANA name; periods begin and end at its midnights. */
  timeZone: string;
}

/** A step of the ladder. `threshold` is money in minor units or points, as the rule measures. */
export interface TierStep {
  tierId: bigint;
  threshold: bigint;
}

/** The stored part of a customer's tier. */
export interface TierStanding {
  tierId: bigint | null;
  /** When a tier that is no longer reached, or was set by staff, ends (exclusive); null if it is reached. */
  keptUntil: Date | null;
  /** Set by staff below what is reached: not raised before `keptUntil`. */
  isFixed: boolean;
}

export type TierChangeReason = 'reached' | 'no_longer_reached';

export interface TierOutcome extends TierStanding {
  /** Why the tier changed; null if it did not. */
  reason: TierChangeReason | null;
}

/** Returns when the current period began. */
export function periodStart(rule: TierRule, now: Date): Date {
  const today = localDay(now, rule.timeZone);
  return rule.period === 'calendar'
    ? startOfDay(`${today.slice(0, 4)}-01-01`, rule.timeZone)
    : startOfDay(addDays(today, 1 - rule.periodDays), rule.timeZone);
}

/** Returns the exclusive end of a period that starts now: the year's, or a number of days from today. */
export function periodEnd(rule: TierRule, now: Date): Date {
  const today = localDay(now, rule.timeZone);
  if (rule.period === 'rolling') return endOfDayAfter(now, rule.periodDays, rule.timeZone);
  return startOfDay(`${String(Number(today.slice(0, 4)) + 1).padStart(4, '0')}-01-01`, rule.timeZone);
}

/** Returns until when a tier that is no longer reached is kept; null if it is not kept. */
export function keptUntil(rule: TierRule, now: Date): Date | null {
  if (rule.keep === 'none') return null;
  return rule.keep === 'days' ? endOfDayAfter(now, rule.keepDays, rule.timeZone) : periodEnd(rule, now);
}

/** Returns the highest tier whose threshold the amount reaches, or null. */
export function tierFor(measured: bigint, tiers: readonly TierStep[]): TierStep | null {
  return ladder(tiers).findLast(({ threshold }) => threshold <= measured) ?? null;
}

/**
 * Returns a customer's tier after an evaluation. A higher tier applies at once; a lower one after the keep rule's time, which
 * begins at the first evaluation that finds the tier no longer reached. A tier that is none of `tiers` counts
 * as below all of them.
 */
export function evaluateTier(input: {
  standing: TierStanding;
  measured: bigint;
  tiers: readonly TierStep[];
  rule: TierRule;
  now: Date;
}): TierOutcome {
  const { standing, measured, rule, now } = input;
  const steps = ladder(input.tiers);
  const isKept = standing.keptUntil !== null && now < standing.keptUntil;
  if (standing.isFixed && isKept) return { ...standing, reason: null };
  const reached = tierFor(measured, steps);
  const target = rankOf(steps, reached?.tierId ?? null);
  const current = rankOf(steps, standing.tierId);
  const arrived = { tierId: reached?.tierId ?? null, keptUntil: null, isFixed: false };
  if (target > current) return { ...arrived, reason: 'reached' };
  if (target === current)
    return { ...arrived, reason: standing.tierId === arrived.tierId ? null : 'no_longer_reached' };
  if (isKept) return { ...standing, isFixed: false, reason: null };
  const until = standing.keptUntil === null ? keptUntil(rule, now) : null;
  if (until === null) return { ...arrived, reason: 'no_longer_reached' };
  return { tierId: standing.tierId, keptUntil: until, isFixed: false, reason: null };
}

/**
 * Returns a customer's tier when staff choose it: kept as long as the keep rule says, at least until the period ends. A tier
 * that is reached needs no keeping; a lower one is not raised meanwhile.
 */
export function chosenTier(input: {
  tierId: bigint;
  measured: bigint;
  tiers: readonly TierStep[];
  rule: TierRule;
  now: Date;
}): TierStanding {
  const { tierId, measured, rule, now } = input;
  const steps = ladder(input.tiers);
  const reached = rankOf(steps, tierFor(measured, steps)?.tierId ?? null);
  const chosen = rankOf(steps, tierId);
  if (reached === chosen) return { tierId, keptUntil: null, isFixed: false };
  return { tierId, keptUntil: keptUntil(rule, now) ?? periodEnd(rule, now), isFixed: chosen < reached };
}

/** Returns the next tier above and what is missing to it; null in the highest. */
export function nextTier<T extends TierStep>(
  standing: Pick<TierStanding, 'tierId'>,
  measured: bigint,
  tiers: readonly T[],
): { tier: T; missing: bigint } | null {
  const steps = ladder(tiers);
  const tier = steps[rankOf(steps, standing.tierId) + 1];
  if (!tier) return null;
  return { tier, missing: tier.threshold > measured ? tier.threshold - measured : 0n };
}

function ladder<T extends TierStep>(tiers: readonly T[]): T[] {
  return tiers.toSorted((a, b) =>
    a.threshold === b.threshold ? Number(a.tierId - b.tierId) : a.threshold < b.threshold ? -1 : 1,
  );
}

function rankOf(steps: readonly TierStep[], tierId: bigint | null): number {
  return tierId === null ? -1 : steps.findIndex((step) => step.tierId === tierId);
}
