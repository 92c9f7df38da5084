/** Notes about customers: order, pages, history, restoring, and other shops' notes. */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { purgeNotes } from '#app/modules/notes/purge-notes.server.ts';
import { NOTES_MAX } from '#app/modules/notes/note-limits.ts';
import { action, loader } from '#app/routes/app.customers.$id.notes.tsx';
import { loader as versionsLoader } from '#app/routes/app.notes.$noteId.tsx';
import { emptyDatabase } from '#test/support/database.ts';
import { givenClub, type TestClub } from '#test/support/clubs.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SITI = '7001';
let club: TestClub;

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  club = await givenClub();
  await givenSession(club.domain);
  await pool.query(`INSERT INTO customers (shop_id, customer_id) VALUES ($1, $2), ($1, 7002)`, [
    club.shopId,
    SITI,
  ]);
});

const show = async (query = '', { domain } = club, id = SITI) =>
  (await loader(adminArgs(domain, `/app/customers/${id}/notes${query}`, { params: { id } }))).page;
const texts = async (query = '') => (await show(query)).notes.map(({ text }) => text);
const post = async (json: object, { domain } = club, id = SITI) => {
  const answer = await action(adminArgs(domain, `/app/customers/${id}/notes`, { json, params: { id } }));
  return { status: answer.init?.status, body: answer.data };
};
const DONE = { status: 200, body: { ok: true } };
const refused = (field: string, code: string) => ({
  status: 422,
  body: { ok: false, errors: { [field]: { code } } },
});
async function given(text: string, isPinned = false): Promise<string> {
  expect(await post({ intent: 'add', text, isPinned: String(isPinned) })).toEqual(DONE);
  const { rows } = await pool.query<{ id: string }>(
    `SELECT max(note_id)::text AS id FROM customer_notes WHERE shop_id = $1`,
    [club.shopId],
  );
  return rows[0]!.id;
}
const versions = async (noteId: string, { domain } = club) =>
  (await versionsLoader(adminArgs(domain, `/app/notes/${noteId}`, { params: { noteId } }))).versions;

test('the pinned come first, then the newest, each with its author', async () => {
  await given('first');
  await given('allergic to wool', true);
  await given('  last \n ');
  expect(await texts()).toEqual(['allergic to wool', 'last', 'first']);
  expect((await show()).notes[0]).toMatchObject({
    isPinned: true,
    author: { actor: expect.stringMatching(/^staff:/) },
    edited: null,
  });
});

test('pages follow each other without a gap, pinned or not', async () => {
  await pool.query(
    `INSERT INTO customer_notes (shop_id, customer_id, text, is_pinned, author)
     SELECT $1, $2, 'note ' || n, n % 2 = 0, 'staff:1' FROM generate_series(1, 50) n`,
    [club.shopId, SITI],
  );
  const found: string[] = [];
  for (let before: string | null = ''; before !== null;) {
    const page = await show(before === '' ? '' : `?before=${before}`);
    found.push(...page.notes.map(({ text }) => text));
    before = page.olderThan;
  }
  const order = [...Array(25).keys()].map((n) => 50 - 2 * n);
  expect(found).toEqual([...order, ...order.map((n) => n - 1)].map((n) => `note ${n}`));
});

test.each([
  ['an empty note', { intent: 'add', text: ' \n ', isPinned: 'false' }, 'text', 'required'],
  ['a book', { intent: 'add', text: 'x'.repeat(5_001), isPinned: 'false' }, 'text', 'too_long'],
  ['an edit of nothing', { intent: 'edit', noteId: '999', before: 'a', text: 'b' }, 'form', 'gone'],
  ['a pin on nothing', { intent: 'pin', noteId: '999' }, 'form', 'gone'],
  ['a note that is no id', { intent: 'pin', noteId: 'x' }, 'form', 'invalid'],
  ['something else', { intent: 'shout' }, 'form', 'invalid'],
])('%s is refused by name', async (_what, json, field, code) => {
  expect(await post(json)).toEqual(refused(field, code));
});

test('an edit stores the previous version and its author', async () => {
  const noteId = await given('likes red');
  await pool.query(`UPDATE customer_notes SET author = 'staff:77'`);
  expect(await post({ intent: 'edit', noteId, before: 'likes red', text: 'likes blue' })).toEqual(DONE);
  expect(await post({ intent: 'edit', noteId, before: 'likes blue', text: 'likes green' })).toEqual(DONE);
  expect((await show()).notes).toMatchObject([
    { text: 'likes green', author: { actor: 'staff:77' }, edited: { by: { actor: 'staff:42' } } },
  ]);
  expect((await versions(noteId)).map(({ text, author }) => [text, author.actor])).toEqual([
    ['likes blue', 'staff:42'],
    ['likes red', 'staff:77'],
  ]);
});

test('of two concurrent edits the second is rejected, and nothing is lost', async () => {
  const noteId = await given('likes red');
  await post({ intent: 'edit', noteId, before: 'likes red', text: 'likes blue' });
  expect(await post({ intent: 'edit', noteId, before: 'likes red', text: 'likes green' })).toEqual(
    refused('text', 'changed_meanwhile'),
  );
  expect(await texts()).toEqual(['likes blue']);
  // Saving what is there already changes nothing.
  await post({ intent: 'edit', noteId, before: 'likes red', text: 'likes blue' });
  expect(await versions(noteId)).toHaveLength(1);
});

test('a deleted note can be restored until it expires; then its versions are deleted too', async () => {
  const noteId = await given('likes red');
  await post({ intent: 'edit', noteId, before: 'likes red', text: 'likes blue' });
  expect(await post({ intent: 'delete', noteId })).toEqual(DONE);
  expect([await texts(), await versions(noteId)]).toEqual([[], []]);
  expect(await post({ intent: 'edit', noteId, before: 'likes blue', text: 'x' })).toEqual(
    refused('form', 'gone'),
  );
  expect(await purgeNotes()).toBe(0);
  expect(await post({ intent: 'restore', noteId })).toEqual(DONE);
  expect(await texts()).toEqual(['likes blue']);
  await post({ intent: 'delete', noteId });
  await pool.query(`UPDATE customer_notes SET deleted_at = deleted_at - interval '31 days'`);
  expect([await purgeNotes(), await purgeNotes()]).toEqual([1, 0]);
  expect(await post({ intent: 'restore', noteId })).toEqual(refused('form', 'gone'));
  expect((await pool.query('SELECT 1 FROM customer_note_versions')).rowCount).toBe(0);
});

test('no note is added to a customer that is unknown, was erased, or has too many notes', async () => {
  const add = { intent: 'add', text: 'x', isPinned: 'false' };
  expect(await post(add, club, '999')).toEqual(refused('form', 'unknown_customer'));
  await pool.query(`UPDATE customers SET state = 'redacted' WHERE customer_id = 7002`);
  expect(await post(add, club, '7002')).toEqual(refused('form', 'unknown_customer'));
  expect(await show('', club, '7002')).toMatchObject({ isActive: false });
  await pool.query(
    `INSERT INTO customer_notes (shop_id, customer_id, text, author) SELECT $1, $2, 'x', 'staff:1' FROM generate_series(1, ${NOTES_MAX})`,
    [club.shopId, SITI],
  );
  expect(await post(add)).toEqual(refused('form', 'too_many'));
});

test("another shop's staff, and another customer's page, reach nothing of it", async () => {
  const noteId = await given('likes red');
  const other = await givenClub();
  await givenSession(other.domain);
  expect((await thrownBy(show('', other))).status).toBe(404);
  expect(await versions(noteId, other)).toEqual([]);
  for (const intent of ['pin', 'delete']) {
    expect(await post({ intent, noteId }, other)).toEqual(refused('form', 'gone'));
    expect(await post({ intent, noteId }, club, '7002')).toEqual(refused('form', 'gone'));
  }
  expect(await texts()).toEqual(['likes red']);
});
