/** What an order earns, over its latest known state and the rules it keeps. One pure function; no history needed. */
import { daysLater, endOfDayAfter, localDay } from './days.ts';
import { eligibleBase, type EligibleBase } from './eligible-base.ts';
import { isUndone, wasPaid, type OrderRefund, type OrderState } from './order-state.ts';
import type { EarnProgram, EarnRules } from './program.ts';
import type { Unit } from './units.ts';

export interface Entitlement {
  /** Names the rule for ever: `program:<id>`. */
  rule: string;
  kind: 'order_spend';
  unit: Unit;
  amount: bigint;
  validFrom: Date;
  /** Exclusive; null for ever. */
  expiresAt: Date | null;
}

export type NothingBecause = 'test_order' | 'not_paid' | 'undone' | 'before_start' | 'no_customer';
export type ProgramSilentBecause = 'not_started' | 'ended' | 'below_step';

export interface ProgramOutcome {
  program: EarnProgram;
  base: EligibleBase;
  steps: bigint;
  silentBecause: ProgramSilentBecause | null;
  entitlement: Entitlement | null;
}

export interface EarningExplained {
  nothingBecause: NothingBecause | null;
  outcomes: ProgramOutcome[];
}

/** Whether an order's state lets it earn at all; the first such moment fixes its rules. */
export function isEligible(order: OrderState): boolean {
  return wasPaid(order) && !order.isTest;
}

/** `YYYY-MM-DD` days compare as text. */
function isBeforeStart(order: OrderState, rules: EarnRules): boolean {
  return rules.startsOn !== null && localDay(order.processedAt, rules.timeZone) < rules.startsOn;
}

function nothingBecause(order: OrderState, rules: EarnRules): NothingBecause | null {
  if (order.isTest) return 'test_order';
  if (isUndone(order)) return 'undone';
  if (!wasPaid(order)) return 'not_paid';
  if (isBeforeStart(order, rules)) return 'before_start';
  return order.customerId === null ? 'no_customer' : null;
}

function silentBecause(program: EarnProgram, order: OrderState): ProgramSilentBecause | null {
  if (program.startsAt && order.processedAt < program.startsAt) return 'not_started';
  if (program.endsAt && order.processedAt >= program.endsAt) return 'ended';
  return null;
}

/**
 * What one order earns by each program, with everything needed to explain it. `eligibleAt` is the moment the order
 * was first eligible: pending days and lifetime count from there.
 */
export function explainEarning(
  order: OrderState,
  refunds: readonly OrderRefund[],
  rules: EarnRules,
  eligibleAt: Date,
): EarningExplained {
  const nothing = nothingBecause(order, rules);
  const outcomes = rules.programs.map((program): ProgramOutcome => {
    const base = eligibleBase(order, refunds, program.rule);
    const steps = base.totalMinor / program.rule.stepMinor;
    const silent = silentBecause(program, order) ?? (steps === 0n ? 'below_step' : null);
    const entitlement =
      nothing || silent ? null : spendEntitlement(program, steps, rules.timeZone, eligibleAt);
    return { program, base, steps, silentBecause: silent, entitlement };
  });
  return { nothingBecause: nothing, outcomes };
}

function spendEntitlement(
  program: EarnProgram,
  steps: bigint,
  timeZone: string,
  eligibleAt: Date,
): Entitlement {
  const { units, pendingDays, lifetimeDays } = program.rule;
  const validFrom = daysLater(eligibleAt, pendingDays);
  return {
    rule: `program:${program.programId}`,
    kind: 'order_spend',
    unit: program.unit,
    amount: steps * units,
    validFrom,
    expiresAt: lifetimeDays === null ? null : endOfDayAfter(validFrom, lifetimeDays, timeZone),
  };
}

/** The amounts an order is entitled to now; empty when it earns nothing. */
export function entitlement(
  order: OrderState,
  refunds: readonly OrderRefund[],
  rules: EarnRules,
  eligibleAt: Date,
): Entitlement[] {
  if (nothingBecause(order, rules)) return [];
  const earned: Entitlement[] = [];
  for (const outcome of explainEarning(order, refunds, rules, eligibleAt).outcomes) {
    if (outcome.entitlement) earned.push(outcome.entitlement);
  }
  return earned;
}
