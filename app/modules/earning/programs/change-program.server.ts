import { pool } from '#app/db.server.ts';
import type { ProgramStatus } from '../rules/program-phase.ts';

const STATUS_AFTER = { pause: 'paused', resume: 'active', end: 'ended' } as const satisfies Record<
  string,
  ProgramStatus
>;

export type ProgramChange = keyof typeof STATUS_AFTER;

/** Whether a text names a change that `changeProgram` makes. */
export function isProgramChange(value: unknown): value is ProgramChange {
  return typeof value === 'string' && Object.hasOwn(STATUS_AFTER, value);
}

/**
 * Pauses, resumes or ends a program for orders that become eligible from now on; ended is for good. Doing it twice
 * changes nothing more. `has_ended` when it ended before, `missing` when the shop has no such program.
 */
export async function changeProgram(
  shopId: bigint,
  programId: bigint,
  change: ProgramChange,
): Promise<'done' | 'has_ended' | 'missing'> {
  const { rowCount } = await pool.query(
    `UPDATE programs SET status = $3, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND program_id = $2 AND (status <> 'ended' OR $3 = 'ended')`,
    [shopId, programId, STATUS_AFTER[change]],
  );
  if (rowCount !== 0) return 'done';
  const { rowCount: known } = await pool.query(
    'SELECT 1 FROM programs WHERE shop_id = $1 AND program_id = $2',
    [shopId, programId],
  );
  return known === 0 ? 'missing' : 'has_ended';
}
