/** What staff can do on a customer's Notes tab. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import { fieldErrors } from '#app/lib/field-errors.ts';
import { idText } from '#app/lib/form-fields.ts';
import { NOTE_CHARACTERS_MAX } from './note-limits.ts';
import { addNote, editNote, NOTED, refuse, type NoteAnswer } from './write-note.server.ts';

const text = z.string().trim().min(1, 'required').max(NOTE_CHARACTERS_MAX, 'too_long');

const form = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('add'), text, isPinned: z.enum(['true', 'false']) }),
  z.object({ intent: z.literal('edit'), noteId: idText(), before: z.string(), text }),
  z.object({ intent: z.enum(['pin', 'unpin', 'delete', 'restore']), noteId: idText() }),
]);

const CHANGES = {
  pin: 'SET is_pinned = true WHERE deleted_at IS NULL',
  unpin: 'SET is_pinned = false WHERE deleted_at IS NULL',
  delete: 'SET deleted_at = clock_timestamp() WHERE deleted_at IS NULL',
  restore: 'SET deleted_at = NULL WHERE deleted_at IS NOT NULL',
};

/**
 * Runs the form's `intent`: `add`, `edit`, `pin`, `unpin`, `delete` or `restore`. `readActor` returns who does
 * it, where that is written down.
 */
export async function actOnNotes(
  shopId: bigint,
  customerId: bigint,
  values: unknown,
  readActor: () => Promise<string>,
): Promise<NoteAnswer> {
  const read = form.safeParse(values);
  if (!read.success) {
    const errors = fieldErrors(read.error);
    return 'text' in errors ? { ok: false, errors } : refuse('invalid');
  }
  const { data } = read;
  switch (data.intent) {
    case 'add':
      return addNote({
        shopId,
        customerId,
        text: data.text,
        isPinned: data.isPinned === 'true',
        actor: await readActor(),
      });
    case 'edit':
      return editNote({ ...data, shopId, customerId, actor: await readActor() });
    case 'pin':
    case 'unpin':
    case 'delete':
    case 'restore':
      return changeNote(shopId, customerId, data.noteId, CHANGES[data.intent]);
  }
}

async function changeNote(
  shopId: bigint,
  customerId: bigint,
  noteId: bigint,
  change: string,
): Promise<NoteAnswer> {
  const { rowCount } = await pool.query(
    `UPDATE customer_notes ${change} AND shop_id = $1 AND customer_id = $2 AND note_id = $3`,
    [shopId, customerId, noteId],
  );
  return rowCount === 1 ? NOTED : refuse('gone');
}
