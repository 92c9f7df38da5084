/** Snapshots: take one of a segment, rename, delete. */
import { pool, withTransaction } from '#app/db.server.ts';
import type { FieldErrorCode } from '#app/lib/field-errors.ts';
import { isUniqueViolation } from '#app/lib/pg-errors.ts';
import { EVERYBODY } from '../customer-filter.ts';
import { readComputableRule } from '../saved/segment-rule.server.ts';
import { SEGMENT_NAME_LENGTH_MAX, tidyName } from '../saved/rules/segment-name.ts';
import { selectCustomers } from '../selection.server.ts';

/** Each keeps a row for each of its customers. */
export const SNAPSHOTS_MAX = 100;

export type SnapshotChanged =
  { ok: true; snapshotId: bigint } | { ok: false; field: 'name' | 'form'; code: FieldErrorCode };

function wrongWithName(name: string): SnapshotChanged | null {
  if (name === '') return { ok: false, field: 'name', code: 'required' };
  return name.length > SEGMENT_NAME_LENGTH_MAX ? { ok: false, field: 'name', code: 'too_long' } : null;
}

const refusedForm = (code: FieldErrorCode): SnapshotChanged => ({ ok: false, field: 'form', code });

/** Checks the name, and refuses one that another snapshot has. */
async function named(
  typed: string,
  change: (name: string) => Promise<SnapshotChanged>,
): Promise<SnapshotChanged> {
  const name = tidyName(typed);
  try {
    return wrongWithName(name) ?? (await change(name));
  } catch (error) {
    if (isUniqueViolation(error)) return { ok: false, field: 'name', code: 'name_taken' };
    throw error;
  }
}

const ADD = `
  INSERT INTO segment_snapshots (shop_id, name, segment_name, taken_at, taken_by, customers)
  SELECT $1, $2, g.name, ledger_now(), $4, 0 FROM segments g
  WHERE g.shop_id = $1 AND g.segment_id = $3 AND (SELECT count(*) FROM segment_snapshots WHERE shop_id = $1) < ${SNAPSHOTS_MAX}
  RETURNING snapshot_id AS "snapshotId"`;

/** Stores who is in a segment now. One that is gone or can't be computed is refused: it would have no one. */
export async function takeSnapshot(
  shopId: bigint,
  { segmentId, name: typed }: { segmentId: bigint; name: string },
  actor: string,
): Promise<SnapshotChanged> {
  return named(typed, (name) =>
    withTransaction(async (tx) => {
      if ((await readComputableRule(tx, shopId, segmentId)) === null) return refusedForm('changed_meanwhile');
      const { rows } = await tx.query<{ snapshotId: bigint }>(ADD, [shopId, name, segmentId, actor]);
      const [added] = rows;
      if (!added) return refusedForm('too_many');
      const members = await selectCustomers(tx, shopId, { filter: { ...EVERYBODY, segmentId } });
      const { rowCount } = await tx.query(
        `INSERT INTO segment_snapshot_members (shop_id, snapshot_id, customer_id)
         SELECT $1, $${members.values.length + 1}::bigint, m.customer_id FROM (${members.sql}) m ORDER BY m.customer_id`,
        [...members.values, added.snapshotId],
      );
      await tx.query('UPDATE segment_snapshots SET customers = $3 WHERE shop_id = $1 AND snapshot_id = $2', [
        shopId,
        added.snapshotId,
        rowCount,
      ]);
      return { ok: true, ...added };
    }),
  );
}

/** Renames a snapshot. */
export async function renameSnapshot(
  shopId: bigint,
  { snapshotId, name: typed }: { snapshotId: bigint; name: string },
): Promise<SnapshotChanged> {
  return named(typed, async (name) => {
    const { rowCount } = await pool.query(
      'UPDATE segment_snapshots SET name = $3 WHERE shop_id = $1 AND snapshot_id = $2',
      [shopId, snapshotId, name],
    );
    return rowCount === 1 ? { ok: true, snapshotId } : refusedForm('changed_meanwhile');
  });
}

/** Deletes a snapshot with its list of customers. One that is gone already is deleted, too. */
export async function deleteSnapshot(shopId: bigint, snapshotId: bigint): Promise<SnapshotChanged> {
  return withTransaction(async (tx) => {
    await tx.query('DELETE FROM segment_snapshots WHERE shop_id = $1 AND snapshot_id = $2', [
      shopId,
      snapshotId,
    ]);
    await tx.query('DELETE FROM segment_snapshot_members WHERE shop_id = $1 AND snapshot_id = $2', [
      shopId,
      snapshotId,
    ]);
    return { ok: true, snapshotId };
  });
}
