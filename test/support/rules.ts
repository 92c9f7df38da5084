import {
  PLAIN_TERMS,
  type EarnProgram,
  type EarnRules,
  type SpendRule,
} from '#app/modules/loyalty/rules/program.ts';
import type { Unit } from '#app/modules/loyalty/rules/units.ts';

/** "Rp 100,000 gives 10 points" (F59), changed as told. Amounts in minor units. */
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

/** The rules of a club in Jakarta. */
export function clubRules(programs: EarnProgram[] = [program()], change: Partial<EarnRules> = {}): EarnRules {
  return {
    timeZone: 'Asia/Jakarta',
    startsOn: null,
    currencyDigits: 2,
    programs,
    offers: [],
    offersIncludeTax: false,
    offersIncludeShipping: false,
    ...change,
  };
}
