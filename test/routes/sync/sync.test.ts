/** Home's card of the first sync: its figures, its buttons, and other shops. The work itself: test/db/sync/sync.test.ts. */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action, loader } from '#app/routes/app._index.tsx';
import { givenClub, type TestClub } from '#test/support/clubs.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { startSync, syncRows } from '#test/support/syncs.ts';

let club: TestClub;
beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  club = await givenClub();
  await givenSession(club.domain);
});

const show = async ({ domain } = club) => (await loader(adminArgs(domain, '/app'))).sync;
const post = async (json: object, { domain } = club) => {
  const answer = await action(adminArgs(domain, '/app?index', { json }));
  return { status: answer.init?.status, body: answer.data };
};
const set = (kind: string, columns: string) =>
  pool.query(`UPDATE sync_runs SET ${columns} WHERE shop_id = $1 AND kind = $2`, [club.shopId, kind]);
const over = (kind: string) => set(kind, `state = 'done', found = 4, done = 4, finished_at = now()`);

test('a shop that was never read has no card; one that is read shows how far each kind is', async () => {
  expect(await show()).toBeNull();
  await startSync(club);
  await over('customers');
  await set('products', `state = 'reading', found = 10, done = 4`);
  await set('orders', `state = 'storing', found = 10, done = 5`);
  expect(await show()).toMatchObject({
    isWorking: true,
    isDismissed: false,
    finishedAt: null,
    kinds: [
      { kind: 'customers', state: 'done', percent: 100 },
      { kind: 'products', state: 'reading', percent: 40 },
      { kind: 'orders', state: 'storing', percent: 75 },
    ],
  });
});

test('without read_all_orders it says that only 60 days are seen', async () => {
  await startSync(club);
  await pool.query(`UPDATE shops SET scopes = 'read_orders' WHERE shop_id = $1`, [club.shopId]);
  expect(await show()).toMatchObject({ seesAllOrders: false });
});

test('Home names what Shopify does not show', async () => {
  const shown = async () => (await loader(adminArgs(club.domain, '/app'))).unapproved;
  expect(await shown()).toEqual([]);
  await pool.query(
    `INSERT INTO unapproved_data (shop_id, content, granted_at) VALUES ($1, 'phone', NULL), ($1, 'name', NULL), ($1, 'email', now())`,
    [club.shopId],
  );
  const other = await givenClub();
  expect(await shown()).toEqual(['name', 'phone']);
  await givenSession(other.domain);
  expect((await loader(adminArgs(other.domain, '/app'))).unapproved).toEqual([]);
});

test('"Try again" restarts what failed, nothing else; hiding waits until all is done', async () => {
  await startSync(club);
  await over('customers');
  await over('products');
  expect((await post({ intent: 'dismiss' })).status).toBe(200);
  expect(await show()).toMatchObject({ isDismissed: false });
  await set('orders', `state = 'failed', failure = 'access_denied', finished_at = now()`);
  expect((await show())!.kinds[2]).toMatchObject({ failure: 'access_denied', percent: 0 });
  expect(await post({ intent: 'try_again' })).toEqual({ status: 200, body: { ok: true } });
  expect(await syncRows(club)).toMatchObject({
    customers: { state: 'done', run: 1 },
    orders: { state: 'waiting', run: 2, failure: null },
  });
  await over('orders');
  await post({ intent: 'dismiss' });
  expect(await show()).toMatchObject({ isDismissed: true, isWorking: false, finishedAt: expect.any(Date) });
  expect((await post({ intent: 'try_again' })).body).toMatchObject({ ok: false });
});

test('"Import everything again" starts all kinds once, and shows the card again; a second click is refused with a message', async () => {
  await startSync(club);
  for (const kind of ['customers', 'products', 'orders']) await over(kind);
  await post({ intent: 'dismiss' });
  expect((await post({ intent: 'read_again' })).status).toBe(200);
  expect(await show()).toMatchObject({ isWorking: true, isDismissed: false });
  const { rows } = await pool.query(`SELECT 1 FROM graphile_worker.jobs WHERE key = 'process-syncs'`);
  expect(rows).toHaveLength(1);
  expect(await post({ intent: 'read_again' })).toEqual({
    status: 422,
    body: { ok: false, errors: { form: { code: 'changed_meanwhile' } } },
  });
});

test("no other shop's sync is touched, and an unknown button is refused", async () => {
  const other = await givenClub();
  await givenSession(other.domain);
  await startSync(club);
  for (const kind of ['customers', 'products', 'orders']) await over(kind);
  await post({ intent: 'dismiss' }, other);
  expect(await show()).toMatchObject({ isDismissed: false });
  expect(await show(other)).toBeNull();
  expect((await thrownBy(post({ intent: 'erase' }))).status).toBe(404);
});
