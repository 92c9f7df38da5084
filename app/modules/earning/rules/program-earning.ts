/** What one program gives for an order (F59-F61), and why when it gives nothing. */
import { daysLater, endOfDayAfter } from '#app/lib/calendar-days.ts';
import type { EligibleBase } from './eligible-base.ts';
import type { EarningView, Entitlement } from './earning.ts';
import type { EarnProgram, EarnTerms, ProductRow } from './program.ts';

export type ProgramSilentBecause =
  | 'not_started'
  | 'ended'
  | 'not_member'
  | 'other_category'
  | 'other_tier'
  | 'not_fulfilled'
  | 'below_step'
  | 'too_few'
  | 'no_printed_points';

/** A row of a product program, or a line with printed points, as it counted. */
export interface CountedRow {
  title: string;
  quantity: number;
  /** How many times the row's units were given. */
  times: bigint;
  units: bigint;
}

export interface ProgramOutcome {
  program: EarnProgram;
  base: EligibleBase;
  /** Full steps of a spend program. */
  steps: bigint;
  /** Rows of a product program and printed points; empty for spend programs. */
  rows: CountedRow[];
  silentBecause: ProgramSilentBecause | null;
  /** In parts with terms of their own, one unless it earns at fulfillment. */
  entitlements: Entitlement[];
}

/** What the program gives; pure arithmetic over the order's base, its facts and the program's terms. */
export function programOutcome(view: EarningView, program: EarnProgram): ProgramOutcome {
  const base = view.baseOf(program.rule);
  const { steps, rows, amount } = count(view, program, base);
  const silent =
    silentBecause(view, program, base) ?? (amount === 0n ? EMPTY_BECAUSE[program.rule.kind] : null);
  const entitlements = silent ? [] : entitlementsOf(view, program);
  return { program, base, steps, rows, silentBecause: silent, entitlements };
}

const EMPTY_BECAUSE = {
  spend: 'below_step',
  product: 'too_few',
  printed: 'no_printed_points',
} as const satisfies Record<string, ProgramSilentBecause>;

interface Count {
  steps: bigint;
  rows: CountedRow[];
  amount: bigint;
}

function count(view: EarningView, { rule }: EarnProgram, base: EligibleBase): Count {
  if (rule.kind === 'spend') {
    const steps = base.totalMinor / rule.stepMinor;
    return { steps, rows: [], amount: steps * rule.units };
  }
  const rows =
    rule.kind === 'product'
      ? rule.rows.map((row) => countRow(row, base))
      : countPrinted(view, base, rule.unitsPerPoint);
  return { steps: 0n, rows, amount: rows.reduce((sum, row) => sum + row.times * row.units, 0n) };
}

/** Items over all lines with that product or variant, in full multiples of the row's quantity. */
function countRow(row: ProductRow, base: EligibleBase): CountedRow {
  let quantity = 0;
  for (const line of base.lines) {
    if (line.productId !== row.productId) continue;
    if (row.variantId === null || line.variantId === row.variantId) quantity += line.countedQuantity;
  }
  const times = BigInt(Math.floor(quantity / row.quantity));
  return { title: row.title, quantity, times, units: row.units };
}

function countPrinted(view: EarningView, base: EligibleBase, unitsPerPoint: bigint): CountedRow[] {
  return base.lines.flatMap((line) => {
    const printed =
      line.productId === null ? undefined : view.facts.products.get(line.productId)?.printedPoints;
    if (!printed || line.countedQuantity === 0) return [];
    const { title, countedQuantity: quantity } = line;
    return [{ title: title ?? '', quantity, times: BigInt(quantity), units: printed * unitsPerPoint }];
  });
}

function silentBecause(
  view: EarningView,
  program: EarnProgram,
  base: EligibleBase,
): ProgramSilentBecause | null {
  const { order, facts } = view;
  const { rule, startsAt, endsAt } = program;
  if (startsAt && order.processedAt < startsAt) return 'not_started';
  if (endsAt && order.processedAt >= endsAt) return 'ended';
  if (rule.membersOnly && !facts.isMember) return 'not_member';
  if (rule.categoryIds && !holds(rule.categoryIds, facts.categoryId)) return 'other_category';
  if (rule.tierIds && !holds(rule.tierIds, facts.tier?.tierId ?? null)) return 'other_tier';
  if (base.totalMinor === 0n && base.lines.some((line) => line.excluded === 'not_fulfilled'))
    return 'not_fulfilled';
  return null;
}

function holds(ids: readonly bigint[], id: bigint | null): boolean {
  return id !== null && ids.includes(id);
}

/** From when parts of the program's value count: the payment, then each later fulfillment if it earns at those. */
function earningMoments({ order, eligibleAt }: EarningView, { earnAt }: EarnTerms): Date[] {
  if (earnAt === 'paid') return [eligibleAt];
  return [eligibleAt, ...order.fulfillments.map(({ at }) => at).filter((at) => at > eligibleAt)];
}

/** What the program gives, in parts: each has its own pending days and lifetime, which count from its moment. */
function entitlementsOf(view: EarningView, program: EarnProgram): Entitlement[] {
  const { rule, unit, programId } = program;
  let given = 0n;
  return earningMoments(view, rule).flatMap((moment) => {
    const { amount: soFar } = count(view, program, view.baseOf({ ...rule, fulfilledBy: moment }));
    const amount = soFar - given;
    if (amount <= 0n) return [];
    given = soFar;
    const validFrom = daysLater(moment, rule.pendingDays);
    return [
      {
        rule: `program:${programId}`,
        kind: rule.kind === 'spend' ? ('order_spend' as const) : ('order_product' as const),
        unit,
        amount,
        validFrom,
        expiresAt:
          rule.lifetimeDays === null
            ? null
            : endOfDayAfter(validFrom, rule.lifetimeDays, view.rules.timeZone),
      },
    ];
  });
}
