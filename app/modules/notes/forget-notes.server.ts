import { pool } from '#app/db.server.ts';
import { DELETED_NOTE_DAYS } from './note-limits.ts';

const NOTES_A_TURN = 1_000;

/** Both in one statement: a version never outlives its note. */
const FORGET = `
  WITH gone AS (
    DELETE FROM customer_notes WHERE (shop_id, note_id) IN (
      SELECT shop_id, note_id FROM customer_notes
       WHERE deleted_at < clock_timestamp() - make_interval(days => ${DELETED_NOTE_DAYS}) LIMIT ${NOTES_A_TURN})
    RETURNING shop_id, note_id),
  versions AS (DELETE FROM customer_note_versions v USING gone g WHERE v.shop_id = g.shop_id AND v.note_id = g.note_id)
  SELECT count(*)::int AS notes FROM gone`;

/** Ends for good what was deleted 30 days ago, with everything it said before. Answers how many notes. */
export async function forgetNotes(signal?: AbortSignal): Promise<number> {
  for (let total = 0; ;) {
    const { rows } = await pool.query<{ notes: number }>(FORGET);
    const notes = rows[0]?.notes ?? 0;
    total += notes;
    if (notes < NOTES_A_TURN || signal?.aborted) return total;
  }
}
