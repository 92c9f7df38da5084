/** Earn programs and the snapshot of all rules that an order keeps. */
import {
  DecodeError,
  optionalMoment,
  optionalText,
  readCount,
  readList,
  readObject,
} from '#app/lib/decode.ts';
import { isUnit, type Unit } from './units.ts';

/** F59: each full `stepMinor` of the eligible base gives `units`. */
export interface SpendRule {
  kind: 'spend';
  stepMinor: bigint;
  units: bigint;
  /** Days before what was earned can be spent. */
  pendingDays: number;
  /** Days it can be used, counted from the day it becomes valid; null for ever. */
  lifetimeDays: number | null;
  includeTax: boolean;
  includeShipping: boolean;
}

export type ProgramRule = SpendRule;

export interface EarnProgram {
  programId: bigint;
  version: number;
  name: string;
  unit: Unit;
  rule: ProgramRule;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** Everything that decides what an order earns, besides the order. */
export interface EarnRules {
  timeZone: string;
  /** Club start date (F66): orders of earlier days earn nothing. `YYYY-MM-DD`. */
  startsOn: string | null;
  programs: EarnProgram[];
}

/** A rule as it lies in the database and in a snapshot. */
export type StoredRule = Omit<SpendRule, 'stepMinor' | 'units'> & { stepMinor: string; units: string };

/** Writes a rule as JSON. */
export function storeRule(rule: ProgramRule): StoredRule {
  return { ...rule, stepMinor: rule.stepMinor.toString(), units: rule.units.toString() };
}

function readPositive(value: unknown, path: string): bigint {
  if (typeof value === 'string' && /^\d+$/.test(value) && BigInt(value) > 0n) return BigInt(value);
  throw new DecodeError(path, 'a whole number above zero');
}

/** Reads a stored rule; throws DecodeError when it has not the shape of its kind. */
export function loadRule(stored: unknown): ProgramRule {
  const rule = readObject(stored, 'rule');
  if (rule.kind !== 'spend') throw new DecodeError('rule.kind', '"spend"');
  return {
    kind: 'spend',
    stepMinor: readPositive(rule.stepMinor, 'rule.stepMinor'),
    units: readPositive(rule.units, 'rule.units'),
    pendingDays: readCount(rule.pendingDays, 'rule.pendingDays', 0),
    lifetimeDays: rule.lifetimeDays === null ? null : readCount(rule.lifetimeDays, 'rule.lifetimeDays', 0),
    includeTax: rule.includeTax === true,
    includeShipping: rule.includeShipping === true,
  };
}

/** Writes all rules as JSON for a snapshot; the same rules always give the same text. */
export function storeRules(rules: EarnRules) {
  return {
    timeZone: rules.timeZone,
    startsOn: rules.startsOn,
    programs: rules.programs.map((program) => ({
      programId: program.programId.toString(),
      version: program.version,
      name: program.name,
      unit: program.unit,
      rule: storeRule(program.rule),
      startsAt: program.startsAt?.toISOString() ?? null,
      endsAt: program.endsAt?.toISOString() ?? null,
    })),
  };
}

/** Reads a snapshot's rules; throws DecodeError for what was never written by `storeRules`. */
export function loadRules(stored: unknown): EarnRules {
  const rules = readObject(stored, 'rules');
  return {
    timeZone: optionalText(rules.timeZone) ?? 'UTC',
    startsOn: optionalText(rules.startsOn),
    programs: readList(rules.programs, 'rules.programs').map((value, index) => {
      const path = `rules.programs[${index}]`;
      const program = readObject(value, path);
      if (!isUnit(program.unit)) throw new DecodeError(`${path}.unit`, 'a unit');
      return {
        programId: readPositive(program.programId, `${path}.programId`),
        version: readCount(program.version, `${path}.version`, 1),
        name: optionalText(program.name) ?? '',
        unit: program.unit,
        rule: loadRule(program.rule),
        startsAt: optionalMoment(program.startsAt, `${path}.startsAt`),
        endsAt: optionalMoment(program.endsAt, `${path}.endsAt`),
      };
    }),
  };
}
