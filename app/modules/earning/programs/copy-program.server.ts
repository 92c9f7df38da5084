import { pool } from '#app/db.server.ts';
import { OPEN_PROGRAMS_MAX } from './programs.queries.server.ts';

export type CopyProgramResult =
  { ok: true; programId: bigint } | { ok: false; reason: 'missing' | 'too_many' };

/** Makes a paused program with the rules of another, also of one that has ended, under a name of its own. */
export async function copyProgram(
  shopId: bigint,
  programId: bigint,
  name: string,
): Promise<CopyProgramResult> {
  const { rows } = await pool.query<{ program_id: bigint }>(
    `INSERT INTO programs (shop_id, name, unit, kind, rule, starts_at, ends_at, status)
     SELECT shop_id, $3, unit, kind, rule, starts_at, ends_at, 'paused' FROM programs
     WHERE shop_id = $1 AND program_id = $2
       AND (SELECT count(*) FROM programs WHERE shop_id = $1 AND status <> 'ended') < $4
     RETURNING program_id`,
    [shopId, programId, name, OPEN_PROGRAMS_MAX],
  );
  const [copy] = rows;
  if (copy) return { ok: true, programId: copy.program_id };
  const { rowCount } = await pool.query('SELECT 1 FROM programs WHERE shop_id = $1 AND program_id = $2', [
    shopId,
    programId,
  ]);
  return { ok: false, reason: rowCount === 0 ? 'missing' : 'too_many' };
}
