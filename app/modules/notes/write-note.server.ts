/** Staff write about a customer, and correct what they wrote. */
import { pool, withTransaction } from '#app/db.server.ts';
import type { FieldErrorCode, FieldErrors } from '#app/lib/field-errors.ts';
import { NOTES_MAX, VERSIONS_MAX } from './note-limits.ts';

export type NoteAnswer = { ok: true } | { ok: false; errors: FieldErrors };

/** An answer that names one field, or the form as a whole. */
export function refuse(code: FieldErrorCode, field = 'form'): NoteAnswer {
  return { ok: false, errors: { [field]: { code } } };
}

export const NOTED: NoteAnswer = { ok: true };

/** The lock has an erasure of the customer wait for the note, or the note see the erasure. */
const ADD = `
  WITH customer AS (SELECT shop_id, customer_id FROM customers
    WHERE shop_id = $1 AND customer_id = $2 AND state = 'active' FOR SHARE)
  INSERT INTO customer_notes (shop_id, customer_id, text, is_pinned, author)
  SELECT shop_id, customer_id, $3, $4, $5 FROM customer`;

/** Adds a note to a customer that is neither deleted nor erased. The text is trimmed and not empty. */
export async function addNote(note: {
  shopId: bigint;
  customerId: bigint;
  text: string;
  isPinned: boolean;
  actor: string;
}): Promise<NoteAnswer> {
  const { shopId, customerId, text, isPinned, actor } = note;
  const { rows } = await pool.query<{ notes: number }>(
    `SELECT count(*)::int AS notes FROM customer_notes WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId],
  );
  if ((rows[0]?.notes ?? 0) >= NOTES_MAX) return refuse('too_many');
  const { rowCount } = await pool.query(ADD, [shopId, customerId, text, isPinned, actor]);
  return rowCount === 1 ? NOTED : refuse('unknown_customer');
}

/**
 * Changes a note and stores its previous version. `before` is the text that the editor started with: when a colleague
 * changed it meanwhile, nothing is changed and the result says so.
 */
export function editNote(edit: {
  shopId: bigint;
  customerId: bigint;
  noteId: bigint;
  before: string;
  text: string;
  actor: string;
}): Promise<NoteAnswer> {
  const { shopId, customerId, noteId, before, text, actor } = edit;
  return withTransaction(async (tx) => {
    const { rows } = await tx.query<{ text: string; versions: number }>(
      `SELECT text, (SELECT count(*) FROM customer_note_versions v WHERE v.shop_id = n.shop_id AND v.note_id = n.note_id)::int AS versions
         FROM customer_notes n WHERE shop_id = $1 AND customer_id = $2 AND note_id = $3 AND deleted_at IS NULL FOR UPDATE`,
      [shopId, customerId, noteId],
    );
    const [note] = rows;
    if (!note) return refuse('gone');
    if (note.text === text) return NOTED;
    if (note.text !== before) return refuse('changed_meanwhile', 'text');
    if (note.versions >= VERSIONS_MAX) return refuse('too_many', 'text');
    await tx.query(
      `INSERT INTO customer_note_versions (shop_id, note_id, text, author, written_at)
       SELECT shop_id, note_id, text, author, coalesce(edited_at, created_at) FROM customer_notes WHERE shop_id = $1 AND note_id = $2`,
      [shopId, noteId],
    );
    await tx.query(
      `UPDATE customer_notes SET text = $3, author = $4, edited_at = clock_timestamp() WHERE shop_id = $1 AND note_id = $2`,
      [shopId, noteId, text, actor],
    );
    return NOTED;
  });
}
