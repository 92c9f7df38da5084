import { pool, type Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { forEachPage } from '#app/modules/shops/for-each-shop.server.ts';
import { isNotResting } from '#app/modules/shops/task-failures.server.ts';
import { DELETED_NOTE_DAYS } from './note-limits.ts';

const NOTES_A_TURN = 1_000;

interface NoteKey {
  shopId: bigint;
  noteId: bigint;
}

const EXPIRED = `
  SELECT n.shop_id AS "shopId", n.note_id AS "noteId" FROM customer_notes n
   WHERE n.deleted_at < clock_timestamp() - make_interval(days => ${DELETED_NOTE_DAYS}) AND ${isNotResting('purge-notes', 'n')}
   LIMIT ${NOTES_A_TURN}`;

/** Both in one statement: a version never outlives its note. */
const PURGE = `
  WITH expired AS (
    DELETE FROM customer_notes n USING unnest($1::bigint[], $2::bigint[]) AS k (shop_id, note_id)
     WHERE n.shop_id = k.shop_id AND n.note_id = k.note_id
       AND n.deleted_at < clock_timestamp() - make_interval(days => ${DELETED_NOTE_DAYS})
    RETURNING n.shop_id, n.note_id),
  versions AS (DELETE FROM customer_note_versions v USING expired e WHERE v.shop_id = e.shop_id AND v.note_id = e.note_id)
  SELECT count(*)::int AS notes FROM expired`;

/** Deletes the notes that staff deleted 30 days ago, with their versions. Returns how many notes. */
export function purgeNotes(signal?: AbortSignal): Promise<number> {
  const listPage = async () => (await pool.query<NoteKey>(EXPIRED)).rows;
  return forEachPage('purge-notes', { rowsMax: NOTES_A_TURN, listPage, work: purge }, signal);
}

async function purge(keys: readonly NoteKey[]): Promise<number> {
  const { rows } = await pool.query<{ notes: number }>(PURGE, [
    bigintArray(keys.map(({ shopId }) => shopId)),
    bigintArray(keys.map(({ noteId }) => noteId)),
  ]);
  return rows[0]?.notes ?? 0;
}

/** Deletes the notes of these customers with their versions. Returns how many notes. */
export async function deleteNotesOf(
  tx: Transaction,
  shopId: bigint,
  customerIds: readonly bigint[],
): Promise<number> {
  // Two statements: the second one sees a version that was written while the first waited for its note.
  const { rows } = await tx.query<{ noteId: bigint }>(
    `DELETE FROM customer_notes WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) RETURNING note_id AS "noteId"`,
    [shopId, customerIds],
  );
  await tx.query(`DELETE FROM customer_note_versions WHERE shop_id = $1 AND note_id = ANY($2::bigint[])`, [
    shopId,
    rows.map(({ noteId }) => noteId),
  ]);
  return rows.length;
}
