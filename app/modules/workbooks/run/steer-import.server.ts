/** What the merchant decides about a checked import: run, pause, go on, cancel, undo. */
import { withTransaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import type { ImportChanged } from '../import/change-import.server.ts';
import type { ImportKey } from '../import/import-rows.server.ts';
import type { ImportState } from '../rules/import-states.ts';
import { UNDO_DAYS } from '../rules/undo-days.ts';

interface Step {
  from: readonly ImportState[];
  /** What it sets, `$4` being who. */
  set: string;
  /** What else must hold. */
  where?: string;
}

const STEPS = {
  start: {
    from: ['checked'],
    set: `state = 'running', run_by = $4, started_at = clock_timestamp(), leased_until = '-infinity'`,
    where: 'checked_version = version',
  },
  pause: { from: ['running'], set: `state = 'paused'` },
  resume: { from: ['paused'], set: `state = 'running', run_by = coalesce(run_by, $4)` },
  cancel: { from: ['running', 'paused'], set: `state = 'cancelling', run_by = coalesce(run_by, $4)` },
  undo: {
    from: ['done', 'cancelled'],
    set: `state = 'undoing', undone_by = $4, leased_until = '-infinity'`,
    where: `finished_at > clock_timestamp() - interval '${UNDO_DAYS} days' AND started_at IS NOT NULL`,
  },
} as const satisfies Record<string, Step>;

export type ImportStep = keyof typeof STEPS;

/** Takes a step; the same step again, or one that comes too late, changes nothing. `actor`: `staff:<user id>`. */
export async function steerImport(key: ImportKey, step: ImportStep, actor: string): Promise<ImportChanged> {
  const { from, set, where = 'true' }: Step = STEPS[step];
  return withTransaction(async (tx): Promise<ImportChanged> => {
    const { rowCount } = await tx.query(
      `UPDATE imports SET ${set}, updated_at = clock_timestamp()
       WHERE shop_id = $1 AND import_id = $2 AND state = ANY ($3::text[]) AND $4::text IS NOT NULL AND ${where}`,
      [key.shopId, key.importId, from, actor],
    );
    if (rowCount === 1) {
      await wakeTask(tx, 'process-imports');
      return { ok: true };
    }
    const { rowCount: known } = await tx.query('SELECT FROM imports WHERE shop_id = $1 AND import_id = $2', [
      key.shopId,
      key.importId,
    ]);
    return { ok: false, reason: known === 1 ? 'too_late' : 'unknown' };
  });
}
