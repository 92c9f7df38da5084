import { pool } from '#app/db.server.ts';
import { OPEN_PROGRAMS_MAX, readStatus } from './programs.queries.server.ts';
import type { EarnProgram } from '../rules/program.ts';
import type { ProgramStatus } from '../rules/program-phase.ts';
import { storeRule } from '../rules/rules-json.ts';

export type ProgramInput = Pick<EarnProgram, 'name' | 'unit' | 'rule' | 'startsAt' | 'endsAt'>;

function valuesOf({ name, unit, rule, startsAt, endsAt }: ProgramInput): unknown[] {
  return [name, unit, rule.kind, JSON.stringify(storeRule(rule)), startsAt, endsAt];
}

/** Makes a program. Returns its id; null when the shop has as many open ones as it may. */
export async function createProgram(
  shopId: bigint,
  input: ProgramInput,
  status: Exclude<ProgramStatus, 'ended'>,
): Promise<bigint | null> {
  const { rows } = await pool.query<{ program_id: bigint }>(
    `INSERT INTO programs (shop_id, name, unit, kind, rule, starts_at, ends_at, status)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8
     WHERE (SELECT count(*) FROM programs WHERE shop_id = $1 AND status <> 'ended') < $9
     RETURNING program_id`,
    [shopId, ...valuesOf(input), status, OPEN_PROGRAMS_MAX],
  );
  return rows[0]?.program_id ?? null;
}

export type SaveProgramResult =
  { ok: true; version: number } | { ok: false; reason: 'missing' | 'has_ended' | 'changed_meanwhile' };

/**
 * Saves a program as a new version; orders that were eligible before keep the rules they had. Refuses to overwrite
 * what another person saved since version `version` was read, to change one that has ended, and another kind.
 */
export async function saveProgram(
  shopId: bigint,
  programId: bigint,
  version: number,
  input: ProgramInput,
): Promise<SaveProgramResult> {
  const saved = await pool.query<{ version: number }>(
    `UPDATE programs SET name = $2, unit = $3, rule = $5, starts_at = $6, ends_at = $7, version = version + 1,
       updated_at = clock_timestamp()
     WHERE shop_id = $1 AND program_id = $8 AND version = $9 AND kind = $4 AND status <> 'ended' RETURNING version`,
    [shopId, ...valuesOf(input), programId, version],
  );
  const [row] = saved.rows;
  if (row) return { ok: true, version: row.version };
  const { rows } = await pool.query<{ status: string; kind: string }>(
    'SELECT status, kind FROM programs WHERE shop_id = $1 AND program_id = $2',
    [shopId, programId],
  );
  const [current] = rows;
  if (!current || current.kind !== input.rule.kind) return { ok: false, reason: 'missing' };
  return { ok: false, reason: readStatus(current.status) === 'ended' ? 'has_ended' : 'changed_meanwhile' };
}
