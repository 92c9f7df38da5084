/** Asks before a program makes orders give back more than its merchant can mean, or refuses it. */
import { pool } from '#app/db.server.ts';
import {
  holdGiveBack,
  holdUnlessMeant,
  readGiveBack,
  type HeldSave,
} from '#app/modules/shops/give-back.server.ts';
import { judgeAmount, type SpendTerms } from '#app/modules/shops/rules/give-back.ts';
import type { EarnProgram, ProgramRule } from '../rules/program.ts';
import { readProgram } from './programs.queries.server.ts';

type Judged = Pick<EarnProgram, 'unit' | 'rule'>;

/**
 * Judges a program as it would be, also one that is paused: it is resumed with a click. `programId` is null for a new one,
 * `meant` the figures that were typed for questions. Null when it may be saved.
 */
export async function holdProgram(
  shopId: bigint,
  programId: bigint | null,
  { unit, rule }: Judged,
  meant: unknown,
): Promise<HeldSave | null> {
  if (rule.kind !== 'spend') return holdPerProduct(shopId, programId, { unit, rule }, meant);
  const own: SpendTerms = { programId: programId ?? 0n, unit, units: rule.units, stepMinor: rule.stepMinor };
  return holdGiveBack(shopId, meant, 'units', ({ spend }) => ({
    spend: [...spend.filter((other) => other.programId !== programId), own],
  }));
}

/** What products cost isn't known here: what one purchase of them gives has to be meant when it is much by itself. */
async function holdPerProduct(
  shopId: bigint,
  programId: bigint | null,
  { unit, rule }: Judged,
  meant: unknown,
): Promise<HeldSave | null> {
  const most = mostPerPurchase(rule);
  const before = programId === null ? null : await readProgram(shopId, programId);
  if (before?.unit === unit && mostPerPurchase(before.rule) >= most) return null;
  const field = rule.kind === 'product' ? 'rows' : 'unitsPerPoint';
  return holdUnlessMeant(judgeAmount(most, unit, await readGiveBack(pool, shopId), null), meant, field);
}

function mostPerPurchase(rule: ProgramRule): bigint {
  if (rule.kind === 'spend') return rule.units;
  if (rule.kind === 'printed') return rule.unitsPerPoint;
  return rule.rows.reduce((most, row) => (row.units > most ? row.units : most), 0n);
}
