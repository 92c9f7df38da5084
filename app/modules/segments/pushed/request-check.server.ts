/** Asks the worker to compare pushed segments with Shopify, and ends pushes. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';

const REQUEST = `
  UPDATE segment_pushes SET requested_at = ledger_now() WHERE shop_id = $1 AND segment_id = $2 RETURNING 1`;

/** Has the worker compare a segment with Shopify's, now. False if it isn't pushed. */
export async function requestCheck(db: Queryable, shopId: bigint, segmentId: bigint): Promise<boolean> {
  const { rowCount } = await db.query(REQUEST, [shopId, segmentId]);
  if (rowCount !== 1) return false;
  await wakeTask(db, 'push-segments');
  return true;
}

/** Whether a segment is pushed and not being deleted at Shopify. Its row is locked. */
export async function lockPush(tx: Transaction, shopId: bigint, segmentId: bigint): Promise<boolean> {
  const { rowCount } = await tx.query(
    `SELECT 1 FROM segment_pushes WHERE shop_id = $1 AND segment_id = $2 AND state = 'on' FOR UPDATE`,
    [shopId, segmentId],
  );
  return rowCount === 1;
}

/** Nothing was sent, or it is gone there: there is nothing to delete. */
const DELETE_UNSENT = `
  DELETE FROM segment_pushes WHERE shop_id = $1 AND segment_id = $2 AND (conflict = 'gone' OR (shopify_segment_id IS NULL AND creating_since IS NULL))`;

const END = `
  UPDATE segment_pushes SET state = 'ending', requested_at = ledger_now(), conflict = NULL, trouble = NULL, refusal = NULL
   WHERE shop_id = $1 AND segment_id = $2`;

/** Pushes a segment no longer; `deletesThere`: the worker deletes it at Shopify. */
export async function endPush(
  tx: Transaction,
  shopId: bigint,
  segmentId: bigint,
  deletesThere: boolean,
): Promise<void> {
  const key = [shopId, segmentId];
  if (!deletesThere) {
    await tx.query('DELETE FROM segment_pushes WHERE shop_id = $1 AND segment_id = $2', key);
    return;
  }
  await tx.query(DELETE_UNSENT, key);
  const { rowCount } = await tx.query(END, key);
  if (rowCount !== 0) await wakeTask(tx, 'push-segments');
}
