/** Sensitive data in the admin: who sees it, that it is written down, and the answer to a data request. */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { sealNationalId } from '#app/modules/customers/national-id.server.ts';
import { workInbox } from '#app/modules/webhooks/work-inbox.server.ts';
import { loader as adjust } from '#app/routes/app.adjust.tsx';
import { loader as profile } from '#app/routes/app.customers.$id._index.tsx';
import { loader as list } from '#app/routes/app.customers._index.tsx';
import { action as reveal } from '#app/routes/app.customers.$id_.national-id.tsx';
import { loader as records } from '#app/routes/app.privacy._index.tsx';
import { loader as download } from '#app/routes/app.privacy.export.$customerId.tsx';
import { emptyDatabase } from '#test/support/database.ts';
import { givenClub, setClub, type TestClub } from '#test/support/clubs.ts';
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
  download(adminArgs(domain, `/app/privacy/export/${customerId}`, { params: { customerId } }));
const accesses = async () =>
  (await profile(adminArgs(club.domain, `/app/customers/${SITI}`, { params: { id: SITI } }))).accesses;
const listed = async (query = '') => (await records(adminArgs(club.domain, `/app/privacy${query}`))).page;

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

test('finding somebody by the national ID is written down once; other searches are not', async () => {
  const search = (q: string) => list(adminArgs(club.domain, `/app/customers?q=${encodeURIComponent(q)}`));
  await search('Siti');
  await search('3174015705900002');
  expect(await accesses()).toEqual([]);
  expect((await search('3174-0157-0590-0001')).view.customers).toMatchObject([{ customerId: BigInt(SITI) }]);
  await search('3174-0157-0590-0001');
  await adjust(adminArgs(club.domain, `/app/adjust?q=${NATIONAL_ID}`));
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

test('requests stand on a page with what was held or erased, until when to answer, and what can be taken', async () => {
  await givenEvent(club.shopId, 'customers/data_request', { customer: { id: 7001 }, orders_requested: [] });
  await workInbox();
  expect((await listed()).records).toMatchObject([
    {
      topic: 'customers/data_request',
      isExportable: true,
      counts: { profile: 1 },
      answerBy: expect.any(Date),
    },
  ]);
  await givenEvent(club.shopId, 'customers/redact', { customer: { id: 7001 }, orders_to_redact: [] });
  await workInbox();
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
