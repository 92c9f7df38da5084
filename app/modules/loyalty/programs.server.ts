/** The merchant's earn programs. One spend program a shop for now; the table holds any number. */
import { pool, withTransaction } from '#app/db.server.ts';
import type { SpendRule } from './rules/program.ts';
import { loadRule, storeRule } from './rules/store-rules.ts';
import { isUnit, type Unit } from './rules/units.ts';

export interface Program {
  programId: bigint;
  name: string;
  version: number;
  status: 'active' | 'paused';
  unit: Unit;
  rule: SpendRule;
}

interface ProgramRow {
  program_id: bigint;
  name: string;
  version: number;
  status: string;
  unit: string;
  rule: unknown;
}

/** The shop's spend program, or null before there is one. */
export async function readProgram(shopId: bigint): Promise<Program | null> {
  const { rows } = await pool.query<ProgramRow>(
    `SELECT program_id, name, version, status, unit, rule FROM programs WHERE shop_id = $1 AND kind = 'spend' ORDER BY program_id LIMIT 1`,
    [shopId],
  );
  const row = rows[0];
  if (!row || !isUnit(row.unit)) return null;
  const { program_id: programId, name, version, status, unit } = row;
  const rule = loadRule(row.rule);
  if (rule.kind !== 'spend') return null;
  return {
    programId,
    name,
    version,
    status: status === 'active' ? 'active' : 'paused',
    unit,
    rule,
  };
}

export interface SpendProgramInput {
  name: string;
  status: 'active' | 'paused';
  unit: Unit;
  rule: SpendRule;
  /** Version that the form was filled from; null for a first program. */
  version: number | null;
}

export type SaveProgramResult = { ok: true; program: Program } | { ok: false; reason: 'changed_meanwhile' };

/**
 * Saves the spend program as a new version; orders that were eligible before keep the rules they had. Refuses to
 * overwrite what somebody else saved since the form was opened.
 */
export async function saveSpendProgram(shopId: bigint, input: SpendProgramInput): Promise<SaveProgramResult> {
  const saved = await withTransaction(async (tx) => {
    // The settings row is the shop's lock: two first saves at once must not make two programs.
    await tx.query('SELECT 1 FROM club_settings WHERE shop_id = $1 FOR UPDATE', [shopId]);
    const { rows } = await tx.query<{ program_id: bigint; version: number }>(
      `SELECT program_id, version FROM programs WHERE shop_id = $1 AND kind = 'spend' ORDER BY program_id LIMIT 1 FOR UPDATE`,
      [shopId],
    );
    const current = rows[0];
    if ((current?.version ?? null) !== input.version) return false;
    const values = [shopId, input.name, input.status, input.unit, JSON.stringify(storeRule(input.rule))];
    if (current) {
      await tx.query(
        `UPDATE programs SET name = $2, status = $3, unit = $4, rule = $5, version = version + 1, updated_at = clock_timestamp()
         WHERE shop_id = $1 AND program_id = $6`,
        [...values, current.program_id],
      );
    } else {
      await tx.query(
        `INSERT INTO programs (shop_id, name, status, unit, rule, kind) VALUES ($1, $2, $3, $4, $5, 'spend')`,
        values,
      );
    }
    return true;
  });
  const program = saved ? await readProgram(shopId) : null;
  return program ? { ok: true, program } : { ok: false, reason: 'changed_meanwhile' };
}
