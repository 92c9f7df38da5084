import {
  PLAIN_TERMS,
  type EarnOffer,
  type EarnProgram,
  type EarnRules,
  type PrintedRule,
  type ProductRow,
  type ProductRule,
  type SpendRule,
} from '#app/modules/earning/rules/program.ts';
import type { Unit } from '#app/lib/units.ts';

/** "Rp 100,000 gives 10 points" (F59), with the given changes. Amounts in minor units. */
export function spendRule(change: Partial<SpendRule> = {}): SpendRule {
  return {
    ...PLAIN_TERMS,
    kind: 'spend',
    stepMinor: 100_000_00n,
    units: 10n,
    ...change,
  };
}

/** One active program. */
export function program(
  change: { id?: bigint; unit?: Unit; rule?: Partial<SpendRule>; startsAt?: Date; endsAt?: Date } = {},
): EarnProgram {
  return {
    programId: change.id ?? 1n,
    version: 1,
    name: 'Belanja',
    unit: change.unit ?? 'POINTS',
    rule: spendRule(change.rule),
    startsAt: change.startsAt ?? null,
    endsAt: change.endsAt ?? null,
  };
}

/** A program of another kind; its rule as given. */
export function programOf(
  rule: ProductRule | PrintedRule,
  change: { id?: bigint; unit?: Unit } = {},
): EarnProgram {
  return { ...program(change), rule };
}

/** "Product 1, two pieces, 10 points" (F60), with the given changes. */
export function productRule(
  rows: Partial<ProductRow>[] = [{}],
  change: Partial<ProductRule> = {},
): ProductRule {
  const whole = rows.map((row) => ({
    productId: 1n,
    variantId: null,
    quantity: 2,
    units: 10n,
    title: 'A',
    ...row,
  }));
  return { ...PLAIN_TERMS, kind: 'product', rows: whole, ...change };
}

/** Points printed on products (F61), each worth one unit. */
export function printedRule(change: Partial<PrintedRule> = {}): PrintedRule {
  return { ...PLAIN_TERMS, kind: 'printed', unitsPerPoint: 1n, ...change };
}

/** "Above Rp 5,000,000: 1 % as credit, at once, never expiring" (F88-F90), with the given changes. */
export function offer(change: Partial<EarnOffer> = {}): EarnOffer {
  return {
    offerId: 1n,
    version: 1,
    groupId: 1n,
    groupName: 'Big orders',
    name: '1 %',
    unit: 'CREDIT',
    minimumMinor: 5_000_000_00n,
    percentBp: 100,
    fromDays: 0,
    untilDays: null,
    ...change,
  };
}

/** The rules of a club in Jakarta. */
export function clubRules(programs: EarnProgram[] = [program()], change: Partial<EarnRules> = {}): EarnRules {
  return {
    timeZone: 'Asia/Jakarta',
    startsOn: null,
    currency: 'IDR',
    programs,
    offers: [],
    offersIncludeTax: false,
    offersIncludeShipping: false,
    ...change,
  };
}
