/**
 * Redaction leaves no trace: a customer whose every field carries a marker goes through the real flows, is erased, and
 * then every row of every table and every stored file is searched for the markers.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { sealNationalId } from '#app/modules/customers/national-id.server.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import { adjustBalance } from '#app/modules/ledger/adjust-balance.server.ts';
import { moveClaim } from '#app/modules/redemptions/claims/move-claim.server.ts';
import { setTier } from '#app/modules/membership/set-tier.server.ts';
import { actOnNotes } from '#app/modules/notes/act-on-notes.server.ts';
import { changePhoto } from '#app/modules/photos/change-photo.server.ts';
import { removeFiles } from '#app/modules/photos/remove-files.server.ts';
import { uploadPhoto } from '#app/modules/photos/upload-photo.server.ts';
import { recordAccesses } from '#app/modules/customers/sensitive-accesses.server.ts';
import { KEPT_COLUMNS } from '#app/modules/privacy/customer-tables.ts';
import { exportCustomer } from '#app/modules/privacy/export-customer.server.ts';
import { pruneTagJobs } from '#app/modules/tags/prune-tag-jobs.server.ts';
import { sweepErased } from '#app/modules/privacy/sweep-erased.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { audit, givenClub, setClub, type TestClub } from '#test/support/clubs.ts';
import {
  BUDI,
  everyField,
  markedCustomer as customer,
  markedOrder as order,
  SITI,
  TWIN,
} from '#test/support/marked-people.ts';
import { claimed, givenReward } from '#test/support/rewards.ts';
import { givenEvent } from '#test/support/shops.ts';

const ACTOR = 'staff:42';
/** In any case; and the phone. */
const MARKER = /mark3r|6281199900/i;

let club: TestClub;

const event = async (topic: string, payload: unknown, triggeredAt = '2026-11-21T12:00:00Z') => {
  const inboxId = await givenEvent(club.shopId, topic, payload, { triggeredAt });
  expect(await processInbox()).toMatchObject({ failed: 0 });
  return inboxId;
};

async function select<T extends object>(sql: string, values: unknown[] = [club.shopId]): Promise<T[]> {
  return (await pool.query<T>(sql, values)).rows;
}

/** Every table of this database, the queue's included, with whatever it holds as text. */
async function everyRow(): Promise<{ table: string; text: string }[]> {
  const tables = await select<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    [],
  );
  const found: { table: string; text: string }[] = [];
  for (const { name } of tables) {
    for (const { text } of await select<{ text: string }>(
      `SELECT to_jsonb(t)::text AS text FROM ${name} t`,
      [],
    )) {
      found.push({ table: name, text });
    }
  }
  return found;
}
const traces = async () => (await everyRow()).filter(({ text }) => MARKER.test(text));

function storedFiles(): string[] {
  const folder = process.env.FILES_DIR!;
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => fs.statSync(file).isFile())
    .map((file) => fs.readFileSync(file, 'latin1'));
}

/** What the database holds of Budi. */
const rowsOfBudi = async () =>
  (await everyRow()).filter(({ text }) => text.includes(String(BUDI))).map(({ text }) => text);

async function photoOf(customerId: number, word: string): Promise<void> {
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#25f' } })
    .jpeg()
    .withExif({ IFD0: { Artist: word } })
    .toBuffer();
  const answer = await uploadPhoto({
    shopId: club.shopId,
    customerId: BigInt(customerId),
    actor: ACTOR,
    bytes,
  });
  if (!answer.ok) throw new Error(answer.problem);
  await changePhoto(club.shopId, BigInt(customerId), {
    intent: 'caption',
    photoId: answer.photoId,
    caption: `${word} caption`,
  });
}

async function noteOf(customerId: number, word: string): Promise<void> {
  const act = (values: object) =>
    actOnNotes(club.shopId, BigInt(customerId), values, () => Promise.resolve(ACTOR));
  await act({ intent: 'add', text: `${word} before`, isPinned: 'false' });
  const [note] = await select<{ id: string }>(
    'SELECT max(note_id)::text AS id FROM customer_notes WHERE shop_id = $1',
  );
  await act({ intent: 'edit', noteId: note!.id, before: `${word} before`, text: `${word} after` });
  await act({ intent: 'add', text: `${word} deleted`, isPinned: 'true' });
  await pool.query(`UPDATE customer_notes SET deleted_at = now() WHERE text LIKE '%deleted'`);
}

/** Whatever staff and Shopify can leave behind of a customer. */
async function live(id: number, word: string, orderId: number): Promise<void> {
  const { shopId } = club;
  const customerId = BigInt(id);
  await event('customers/create', customer(id, word, '2026-11-20T09:00:00Z'));
  await event('orders/paid', order({ id: orderId, word, customer: id }));
  await event('customers/update', customer(id, `${word}2`, '2026-11-21T09:00:00Z'));
  await withTransaction((tx) =>
    recordCustomers(tx, [
      { shopId, customerId, at: new Date(), source: 'staff', actor: ACTOR, fields: everyField(id, word) },
    ]),
  );
  const { cipher, hash } = sealNationalId(shopId, '3174015705900001');
  await pool.query(
    `UPDATE customers SET national_id_cipher = $3, national_id_hash = $4 WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId, cipher, hash],
  );
  await noteOf(id, word);
  await photoOf(id, word);
  await adjustBalance({
    shopId,
    customerId,
    formKey: randomUUID(),
    reason: 'loyal_customer',
    unit: 'POINTS',
    amount: 1_000n,
    effectiveAt: new Date(),
    validFrom: new Date(),
    expiresAt: null,
    orderId: null,
    note: `${word} adjustment`,
    actor: ACTOR,
  });
  const gift = await claimed(club, id, await givenReward(club, { kind: 'other', name: 'A mug' }));
  await moveClaim({ shopId, claimId: gift, to: 'delivered', note: `${word} ready`, actor: ACTOR });
  const [tier] = await select<{ id: bigint }>(
    'SELECT max(tier_id) AS id FROM tiers WHERE shop_id = $1 AND removed_at IS NULL',
  );
  const change = { shopId, customerId, tierId: tier!.id, reason: `${word} asked`, actor: ACTOR };
  expect(await withTransaction((tx) => setTier(tx, change))).toEqual({ ok: true });
  await pool.query(`UPDATE redemptions SET failure = $3 WHERE shop_id = $1 AND customer_id = $2`, [
    shopId,
    customerId,
    word,
  ]);
  await pool.query(
    `INSERT INTO planned_messages (shop_id, customer_id, kind, message_key, details, due_at) VALUES ($1, $2, 'change', $3, $4, now())`,
    [shopId, customerId, `${id}`, JSON.stringify({ text: word })],
  );
  await pool.query(`INSERT INTO customer_tags (shop_id, tag_key, customer_id) VALUES ($1, $3, $2)`, [
    shopId,
    customerId,
    `${word} tag`.toLowerCase(),
  ]);
  await pool.query(`INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, $2, $3)`, [
    shopId,
    `${word} tag`.toLowerCase(),
    `${word} tag`,
  ]);
  // Renamed since: the customer no longer has the old tag, the job still names it.
  await pool.query(
    `INSERT INTO customer_tags (shop_id, tag_key, customer_id, is_on) VALUES ($1, lower($3), $2, false)`,
    [shopId, customerId, `${word} old tag`],
  );
  await pool.query(
    `INSERT INTO tag_jobs (shop_id, kind, tag, target, total, done, actor, finished_at)
     VALUES ($1, 'rename', $2, 'Wedding', 1, 1, $3, now()), ($1, 'add', $4, NULL, 1, 1, $3, now())`,
    [shopId, `${word} old tag`, ACTOR, `${word} tag`],
  );
  await recordAccesses(pool, { shopId, customerIds: [customerId], what: 'national_id', actor: ACTOR });
}

let budiBefore: string[] = [];
let exported: string;

beforeAll(async () => {
  club = await givenClub();
  await setClub(club, { message_on_change: true, sensitive_fields: true, tiers_active: true });
  await pool.query('SELECT seed_club($1, 100000000)', [club.shopId]);
  await live(SITI, 'MARK3R', 881_001);
  await live(BUDI, 'BUDIWORD', 881_002);
  await event('customers/create', customer(TWIN, 'MARK3R', '2026-11-20T09:00:00Z'));
  await event('customers/merge', {
    status: 'completed',
    admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${SITI}`,
    admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${TWIN}`,
  });
  const dead = await event('orders/updated', order({ id: 881_003, word: 'MARK3R', customer: SITI }));
  await pool.query(
    `UPDATE webhook_events SET state = 'dead', last_error = 'MARK3R is odd' WHERE inbox_id = $1`,
    [dead],
  );
  await pool.query(
    `INSERT INTO backfills (shop_id, state, starts_on, actor) VALUES ($1, 'done', '2026-01-01', $2)`,
    [club.shopId, ACTOR],
  );
  await pool.query(
    `INSERT INTO backfill_orders (shop_id, backfill_id, order_id, payload)
     SELECT shop_id, backfill_id, 881009, $2 FROM backfills WHERE shop_id = $1`,
    [club.shopId, JSON.stringify(order({ id: 881_009, word: 'MARK3R', customer: SITI }))],
  );
  budiBefore = await rowsOfBudi();
  exported = JSON.stringify(await exportCustomer(pool, club.shopId, BigInt(SITI)));
  const known = new Set((await traces()).map(({ table }) => table));
  // The search finds what is there: else it proved nothing afterwards.
  expect([...known].toSorted()).toEqual(
    [
      'backfill_orders',
      'claims',
      'customer_changes',
      'customer_note_versions',
      'customer_notes',
      'customer_photos',
      'customer_stats',
      'customer_tags',
      'customers',
      'ledger_entries',
      'order_lines',
      'orders',
      'planned_messages',
      'redemptions',
      'tag_jobs',
      'tags',
      'tier_changes',
      'webhook_events',
    ].map((table) => `public.${table}`),
  );
  await event('customers/redact', {
    customer: { id: SITI, email: `mark3r.${SITI}@example.com`, phone: '+62811999000' },
    orders_to_redact: [881_001],
  });
});

test('the export had all of it, without the keys of files', () => {
  for (const word of [
    'staff first',
    'staff note',
    'street',
    'batik',
    '_ig',
    'before',
    'after',
    'deleted',
    'caption',
    'adjustment',
    'ready',
    'asked',
    '-CODE',
    'tag',
  ]) {
    expect(exported).toMatch(new RegExp(`mark3r[^"]{0,3}${word}`, 'i'));
  }
  expect(exported).toContain('3174015705900001');
  expect(exported).not.toMatch(/BUDIWORD|national_id_cipher|file_key|shops\//);
});

test('no row of any table and no stored file holds a trace of the erased customer', async () => {
  expect(await traces()).toEqual([]);
  expect(await removeFiles()).toBe(2);
  // Budi's photo and its small picture, each with its description.
  expect(storedFiles()).toHaveLength(4);
  expect(storedFiles().join('')).not.toMatch(MARKER);
});

test('every column of the record but the kept ones is back to its default', async () => {
  const [row] = await select<{ row: Record<string, unknown> }>(
    `SELECT to_jsonb(c) AS row FROM customers c WHERE shop_id = $1 AND customer_id = ${SITI}`,
  );
  const { missing_fields: _all, search_text: searched, ...rest } = row!.row;
  expect(searched).toBe('');
  const filled = Object.entries(rest).filter(
    ([name, value]) => !KEPT_COLUMNS.includes(name) && !['null', '[]', '{}'].includes(JSON.stringify(value)),
  );
  expect(filled).toEqual([]);
});

test('the ledger is balanced, and the other customer is as before', async () => {
  expect(await audit(club)).toEqual([]);
  expect(await rowsOfBudi()).toEqual(budiBefore);
  const [entry] = await select<{ n: number }>(
    `SELECT count(*)::int AS n FROM ledger_entries WHERE shop_id = $1 AND customer_id = ${SITI}`,
  );
  expect(entry!.n).toBeGreaterThan(2);
});

test('what was done is on record', async () => {
  expect(
    await select(`SELECT outcome FROM privacy_records WHERE shop_id = $1 AND topic = 'customers/redact'`),
  ).toMatchObject([{ outcome: { orders: 2, notes: 2, photos: 1, tags: 2, ledger: 'kept' } }]);
});

test('a custom line keeps its money and loses its title; lines of products keep theirs', async () => {
  expect(
    await select(
      `SELECT order_id AS "orderId", title, quantity FROM order_lines WHERE shop_id = $1 AND customer_id = ${SITI}
        ORDER BY order_id, line_id`,
    ),
  ).toMatchObject([
    { orderId: 881_001n, title: 'Piece 1', quantity: 1 },
    { orderId: 881_001n, title: '', quantity: 1 },
    { orderId: 881_003n, title: 'Piece 1', quantity: 1 },
    { orderId: 881_003n, title: '', quantity: 1 },
  ]);
});

test('jobs of tags go a week after they ended, whatever they were about', async () => {
  expect(await pruneTagJobs()).toBe(0);
  await pool.query(`UPDATE tag_jobs SET finished_at = finished_at - interval '8 days'`);
  expect(await pruneTagJobs()).toBe(2);
});

test('the ledger is append-only still, and erasing a note is all that the setting allows', async () => {
  const change = (sql: string) =>
    withTransaction(async (tx) => {
      await tx.query(`SET LOCAL setia.erasing_customer = 'on'`);
      await tx.query(sql);
    });
  await expect(change('UPDATE ledger_entries SET amount = amount + 1, note = NULL')).rejects.toThrow(
    'append-only',
  );
  await expect(change(`UPDATE ledger_entries SET note = 'other'`)).rejects.toThrow('append-only');
  await expect(change('DELETE FROM ledger_entries')).rejects.toThrow('append-only');
  await expect(pool.query('UPDATE ledger_entries SET note = NULL')).rejects.toThrow('append-only');
});

test('late events bring nothing back, and the next sweep erases what they carried', async () => {
  const later = '2026-11-22T12:00:00Z';
  await event('customers/update', customer(SITI, 'MARK3R', later), later);
  await event(
    'orders/updated',
    order({ id: 881_001, word: 'MARK3R', customer: SITI, updatedAt: later }),
    later,
  );
  await event('orders/paid', order({ id: 881_010, word: 'MARK3R', customer: SITI }), later);
  const act = (values: object) => actOnNotes(club.shopId, BigInt(SITI), values, () => Promise.resolve(ACTOR));
  expect(await act({ intent: 'add', text: 'MARK3R', isPinned: 'false' })).toMatchObject({ ok: false });
  await expect(photoOf(SITI, 'MARK3R')).rejects.toThrow('unknown_customer');
  const tables = new Set((await traces()).map(({ table }) => table));
  // Titles and codes of an order, in its rows and among its customer's figures, until the sweep.
  const carried = ['public.webhook_events', 'public.orders', 'public.order_lines', 'public.customer_stats'];
  expect([...tables].filter((table) => !carried.includes(table))).toEqual([]);
  expect(await sweepErased()).toBeGreaterThan(0);
  expect(await traces()).toEqual([]);
  expect(await sweepErased()).toBe(0);
  expect(await audit(club)).toEqual([]);
});
