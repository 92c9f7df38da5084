import { withTransaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';

/** `active`: another backfill of the shop is under way or waits for the merchant. */
export type StartOutcome = { ok: true; backfillId: bigint } | { ok: false; reason: 'active' };

/**
 * Begins to collect the orders of a shop from a day (`YYYY-MM-DD`, its time zone) on. Nothing is posted before the
 * merchant has seen the dry run. One at a time in a shop.
 */
export async function startBackfill(start: {
  shopId: bigint;
  startsOn: string;
  actor: string;
}): Promise<StartOutcome> {
  return withTransaction(async (tx) => {
    const { rows } = await tx.query<{ backfill_id: bigint }>(
      `INSERT INTO backfills (shop_id, state, starts_on, actor, created_at, updated_at)
       VALUES ($1, 'collecting', $2, $3, ledger_now(), ledger_now()) ON CONFLICT DO NOTHING RETURNING backfill_id`,
      [start.shopId, start.startsOn, start.actor],
    );
    const [row] = rows;
    if (!row) return { ok: false, reason: 'active' };
    await wakeTask(tx, 'process-backfills');
    return { ok: true, backfillId: row.backfill_id };
  });
}
