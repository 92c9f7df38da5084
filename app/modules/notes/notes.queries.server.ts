import { pool } from '#app/db.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { NOTES_A_PAGE } from './note-limits.ts';

/** The author: `staff:<user id>`, and the name where we know it. */
export interface Author {
  actor: string;
  name: string | null;
}

export interface Note {
  noteId: bigint;
  text: string;
  isPinned: boolean;
  author: Author;
  createdAt: Date;
  /** Null for a note that was never edited. */
  edited: { by: Author; at: Date } | null;
}

export interface NotePage {
  notes: Note[];
  /** Position that the next page starts after; null on the last page. */
  olderThan: string | null;
  /** Whether notes can be written: not for deleted or erased customers. */
  isActive: boolean;
}

/** A note before an edit. */
export interface NoteVersion {
  versionId: bigint;
  text: string;
  author: Author;
  writtenAt: Date;
}

interface Row {
  noteId: bigint;
  text: string;
  isPinned: boolean;
  writer: string;
  editor: string;
  createdAt: Date;
  editedAt: Date | null;
}

/** `p` for a pinned one, then the id. */
const POSITION_FORMAT = /^(p?)(\d{1,18})$/;

/** The first version has the first author; the note itself the last one. */
const PAGE = `
  SELECT n.note_id AS "noteId", n.text, n.is_pinned AS "isPinned", n.author AS editor, n.created_at AS "createdAt", n.edited_at AS "editedAt",
    coalesce((SELECT v.author FROM customer_note_versions v WHERE v.shop_id = n.shop_id AND v.note_id = n.note_id
      ORDER BY v.version_id LIMIT 1), n.author) AS writer
  FROM customer_notes n WHERE n.shop_id = $1 AND n.customer_id = $2 AND n.deleted_at IS NULL
    AND ($4::bigint IS NULL OR (n.is_pinned, n.note_id) < ($3::bool, $4::bigint))
  ORDER BY n.is_pinned DESC, n.note_id DESC LIMIT ${NOTES_A_PAGE + 1}`;

/** Lists a page of a customer's notes, pinned ones first, then the newest; null for an unknown customer. */
export async function listNotes(
  shopId: bigint,
  customerId: bigint,
  before: string | null,
): Promise<NotePage | null> {
  const [, pinned = '', noteId = null] = POSITION_FORMAT.exec(before ?? '') ?? [];
  const [customers, { rows }] = await Promise.all([
    pool.query<{ isActive: boolean }>(
      `SELECT state = 'active' AS "isActive" FROM customers WHERE shop_id = $1 AND customer_id = $2`,
      [shopId, customerId],
    ),
    pool.query<Row>(PAGE, [shopId, customerId, pinned === 'p', noteId]),
  ]);
  const [customer] = customers.rows;
  if (!customer) return null;
  const shown = rows.slice(0, NOTES_A_PAGE);
  const authorOf = await readAuthors(
    shopId,
    shown.flatMap(({ writer, editor }) => [writer, editor]),
  );
  const notes = shown.map(({ writer, editor, editedAt, ...note }) => ({
    ...note,
    author: authorOf(writer),
    edited: editedAt && { by: authorOf(editor), at: editedAt },
  }));
  const last = shown.at(-1);
  const olderThan = rows.length > shown.length && last ? `${last.isPinned ? 'p' : ''}${last.noteId}` : null;
  return { notes, olderThan, isActive: customer.isActive };
}

/** Lists the previous versions of a note, newest first; empty for an unknown note or one never edited. */
export async function listNoteVersions(shopId: bigint, noteId: bigint): Promise<NoteVersion[]> {
  const { rows } = await pool.query<Omit<NoteVersion, 'author'> & { author: string }>(
    `SELECT v.version_id AS "versionId", v.text, v.author, v.written_at AS "writtenAt"
       FROM customer_note_versions v JOIN customer_notes n USING (shop_id, note_id)
      WHERE v.shop_id = $1 AND v.note_id = $2 AND n.deleted_at IS NULL ORDER BY v.version_id DESC`,
    [shopId, noteId],
  );
  const authorOf = await readAuthors(
    shopId,
    rows.map(({ author }) => author),
  );
  return rows.map(({ author, ...version }) => ({ ...version, author: authorOf(author) }));
}

async function readAuthors(shopId: bigint, actors: readonly string[]): Promise<(actor: string) => Author> {
  const names = await staffNames(shopId, actors);
  return (actor) => ({ actor, name: names.get(actor) ?? null });
}
