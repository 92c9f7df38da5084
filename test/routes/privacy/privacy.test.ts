/** Sensitive data in the admin: who sees it, that it is written down, and the answer to a data request. */
import sharp from 'sharp';
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { removeFile } from '#app/integrations/storage/files.server.ts';
import { readPhotoFile } from '#app/modules/photos/photos.queries.server.ts';
import { uploadPhoto } from '#app/modules/photos/upload-photo.server.ts';
import { loader as exportFile } from '#app/routes/app.customers.exports.$id.tsx';
import { exportsOf, writtenExport } from '#test/support/exports.ts';
import { loader as failedEvent } from '#app/routes/app.settings.failed-events.$id.tsx';
import { sealNationalId } from '#app/modules/customers/national-id.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { loader as adjust } from '#app/routes/app.activity.adjust.tsx';
import { loader as profile } from '#app/routes/app.customers.$id._index.tsx';
import { loader as list } from '#app/routes/app.customers._index.tsx';
import { action as reveal } from '#app/routes/app.customers.$id_.national-id.tsx';
import { loader as records } from '#app/routes/app.settings.privacy._index.tsx';
import { loader as download } from '#app/routes/app.settings.privacy.export.$customerId.tsx';
import { emptyDatabase } from '#test/support/database.ts';
import { givenClub, setClub, type TestClub } from '#test/support/clubs.ts';
import { givePoints } from '#test/support/redemptions.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { givenEvent } from '#test/support/shops.ts';

const SITI = '7001';
const NATIONAL_ID = '3174015705900001';
let club: TestClub;

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  club = await givenClub();
  await setClub(club, { sensitive_fields: true });
  await givenSession(club.domain);
  const { cipher, hash } = sealNationalId(club.shopId, NATIONAL_ID);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, national_id_cipher, national_id_hash) VALUES ($1, $2, 'Siti', $3, $4)`,
    [club.shopId, SITI, cipher, hash],
  );
});

const show = async ({ domain } = club) =>
  (await reveal(adminArgs(domain, `/app/customers/${SITI}/national-id`, { form: {}, params: { id: SITI } })))
    .nationalId;
const take = ({ domain } = club, customerId = SITI) =>
  download(adminArgs(domain, `/app/settings/privacy/export/${customerId}`, { params: { customerId } }));
const accesses = async () =>
  (await profile(adminArgs(club.domain, `/app/customers/${SITI}`, { params: { id: SITI } }))).accesses;
const listed = async (query = '') =>
  (await records(adminArgs(club.domain, `/app/settings/privacy${query}`))).page;

test('the page shows the national ID masked; showing it is written down with who and when', async () => {
  const { view } = await profile(adminArgs(club.domain, `/app/customers/${SITI}`, { params: { id: SITI } }));
  expect(view.club.details.maskedNationalId).toMatch(/^\D+0001$/);
  expect(await accesses()).toEqual([]);
  expect(await show()).toBe(NATIONAL_ID);
  expect(await accesses()).toMatchObject([{ what: 'national_id', actor: 'staff:42' }]);
});

test.each([
  ['the shop keeps no sensitive fields', () => setClub(club, { sensitive_fields: false })],
  ['the customer was erased', () => pool.query(`UPDATE customers SET state = 'redacted'`)],
  ['there is none', () => pool.query('UPDATE customers SET national_id_cipher = NULL')],
])('nothing is shown or written down when %s', async (_why, change) => {
  await change();
  expect(await show()).toBeNull();
  expect((await pool.query('SELECT 1 FROM sensitive_accesses')).rowCount).toBe(0);
});

test("another shop's staff see neither ID nor export", async () => {
  const other = await givenClub();
  await givenSession(other.domain);
  await setClub(other, { sensitive_fields: true });
  expect(await show(other)).toBeNull();
  expect((await thrownBy(take(other))).status).toBe(404);
  expect((await thrownBy(take(club, 'x'))).status).toBe(404);
});

test('finding a customer by the national ID is recorded once; other searches are not', async () => {
  const search = (q: string) => list(adminArgs(club.domain, `/app/customers?q=${encodeURIComponent(q)}`));
  await search('Siti');
  await search('3174015705900002');
  expect(await accesses()).toEqual([]);
  expect((await search('3174-0157-0590-0001')).view.customers).toMatchObject([{ customerId: BigInt(SITI) }]);
  await search('3174-0157-0590-0001');
  await adjust(adminArgs(club.domain, `/app/activity/adjust?q=${NATIONAL_ID}`));
  expect(await accesses()).toMatchObject([{ what: 'national_id_search', actor: 'staff:42' }]);
});

test('the export is a file with the ID in full, and taking it is written down', async () => {
  const file = await take();
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="customer-${SITI}.json"`,
    'cache-control': 'private, no-store',
  });
  expect(await file.json()).toMatchObject({
    shop: club.domain,
    customers: [{ first_name: 'Siti', national_id: NATIONAL_ID }],
  });
  expect(await accesses()).toMatchObject([{ what: 'export' }]);
});

test('the export holds the pictures themselves', async () => {
  const pictures: Buffer[] = [];
  for (const background of ['#c46', '#46c']) {
    const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background } })
      .jpeg()
      .toBuffer();
    const photo = { shopId: club.shopId, customerId: BigInt(SITI), actor: 'staff:42', bytes };
    const answer = await uploadPhoto(photo);
    if (!answer.ok) throw new Error(answer.problem);
    pictures.push(Buffer.from((await readPhotoFile(club.shopId, answer.photoId, 'full'))!.bytes));
  }
  const { rows } = await pool.query<{ key: string }>(
    'SELECT file_key AS key FROM customer_photos ORDER BY created_at DESC LIMIT 1',
  );
  const file = await (await take()).json();
  expect(file.sections.photos).toBeUndefined();
  expect(file.photos.map(({ picture }: { picture: string }) => picture).toSorted()).toEqual(
    pictures.map((bytes) => `data:image/webp;base64,${bytes.toString('base64')}`).toSorted(),
  );
  expect(JSON.stringify(file)).not.toContain(rows[0]!.key);
  await removeFile(rows[0]!.key);
  const later = await (await take()).json();
  expect(later.photos.filter(({ picture }: { picture: unknown }) => picture === null)).toHaveLength(1);
});

const shopAccesses = async () =>
  (await records(adminArgs(club.domain, '/app/settings/privacy'))).accesses.map(
    ({ what, subject, rows, actor }) => ({ what, subject, rows, actor }),
  );

test('downloads of exports are written down, with the rows that were taken', async () => {
  await pool.query('SELECT seed_club($1, 100)', [club.shopId]);
  await givePoints(club, Number(SITI), 5n);
  await givePoints(club, Number(SITI), 7n);
  const ids: string[] = [];
  for (const format of ['csv', 'xlsx'] as const) {
    await writtenExport(club.shopId, { kind: 'ledger', format, selection: { filter: 'customer=Siti' } });
    ids.push(String((await exportsOf(club.shopId))[0]!.exportId));
  }
  for (const id of ids)
    await (
      await exportFile(adminArgs(club.domain, `/app/customers/exports/${id}`, { params: { id } }))
    ).arrayBuffer();
  expect(await shopAccesses()).toEqual([
    { what: 'export_download', subject: 'ledger.xlsx', rows: 2, actor: 'staff:42' },
    { what: 'export_download', subject: 'ledger.csv', rows: 2, actor: 'staff:42' },
  ]);
  const other = await givenClub();
  await givenSession(other.domain);
  expect((await records(adminArgs(other.domain, '/app/settings/privacy'))).accesses).toEqual([]);
});

test('a look at the body of a failed event is written down once; at one that was erased, not', async () => {
  const inboxId = await givenEvent(club.shopId, 'orders/paid', '{"email":"siti@example.com"}');
  await pool.query(`UPDATE webhook_events SET state = 'dead'`);
  const look = () =>
    failedEvent(
      adminArgs(club.domain, `/app/settings/failed-events/${inboxId}`, { params: { id: String(inboxId) } }),
    );
  await look();
  await look();
  const seen = { what: 'failed_event', subject: `orders/paid ${inboxId}`, rows: 0, actor: 'staff:42' };
  expect(await shopAccesses()).toEqual([seen]);
  await pool.query(`UPDATE webhook_events SET body = '{}'`);
  await pool.query(`UPDATE shop_accesses SET created_at = created_at - interval '1 hour'`);
  await look();
  expect(await shopAccesses()).toEqual([seen]);
});

test('requests stand on a page with what was held or erased, until when to answer, and what can be taken', async () => {
  await givenEvent(club.shopId, 'customers/data_request', { customer: { id: 7001 }, orders_requested: [] });
  await processInbox();
  expect((await listed()).records).toMatchObject([
    {
      topic: 'customers/data_request',
      isExportable: true,
      counts: { profile: 1 },
      answerBy: expect.any(Date),
    },
  ]);
  await givenEvent(club.shopId, 'customers/redact', { customer: { id: 7001 }, orders_to_redact: [] });
  await processInbox();
  expect((await listed()).records).toMatchObject([
    { topic: 'customers/redact', answerBy: null, counts: { webhookBodies: 2 } },
    { topic: 'customers/data_request', isExportable: false },
  ]);
});

test('pages of requests follow each other', async () => {
  await pool.query(
    `INSERT INTO privacy_records (shop_id, topic, outcome) SELECT $1, 'customers/data_request', '{}' FROM generate_series(1, 30)`,
    [club.shopId],
  );
  const first = await listed();
  const second = await listed(`?before=${first.olderThan}`);
  expect([first.records.length, second.records.length, second.olderThan]).toEqual([25, 5, null]);
});
