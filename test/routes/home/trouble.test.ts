/** What keeps failing in a shop, on Home: in words, tried again at once, and of no other shop. */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { action, loader } from '#app/routes/app._index.tsx';
import { givenClub, type TestClub } from '#test/support/clubs.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { adminArgs, givenSession } from '#test/support/route-requests.ts';
import { endRests, listFailures } from '#test/support/shop-failures.ts';

let club: TestClub;
let other: TestClub;
beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  club = await givenClub();
  other = await givenClub();
  await givenSession(club.domain);
  await givenSession(other.domain);
});

const home = ({ domain } = club) => loader(adminArgs(domain, '/app'));
const failing = async (shop = club) =>
  (await home(shop)).failing.map(({ task, cause }) => `${task} ${cause}`);

/** Fails the shop's turn as often as told. */
async function fail(
  task: keyof GraphileWorker.Tasks,
  times: number,
  error = new Error('broken'),
): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await endRests();
    await forEachShop(task, [{ shopId: club.shopId }], () => Promise.reject(error));
  }
}

test('what failed once is no news; what keeps failing is, until it succeeds', async () => {
  await fail('expire-lots', 1);
  expect(await failing()).toEqual([]);
  await fail('expire-lots', 1);
  expect(await failing()).toEqual(['expire-lots ours']);
  expect(await failing(other)).toEqual([]);
  await endRests();
  await forEachShop('expire-lots', [{ shopId: club.shopId }], () => Promise.resolve(1));
  expect(await failing()).toEqual([]);
});

test('Shopify is given half an hour', async () => {
  await fail('delete-codes', 3, new UpstreamError('Shopify: 402', { retryable: true, outcomeKnown: true }));
  expect(await failing()).toEqual([]);
  await pool.query(`UPDATE shop_task_failures SET first_failed_at = first_failed_at - interval '31 minutes'`);
  expect(await failing()).toEqual(['delete-codes shopify']);
});

test('"Try again now" ends the rest of this shop and wakes its tasks', async () => {
  await fail('expire-lots', 2);
  await forEachShop('expire-lots', [{ shopId: other.shopId }], () => Promise.reject(new Error('broken')));
  await pool.query('DELETE FROM graphile_worker._private_jobs');
  const answer = await action(adminArgs(club.domain, '/app?index', { json: { intent: 'retry_tasks' } }));
  expect(answer.data).toEqual({ ok: true });
  const { rows } = await pool.query(
    'SELECT shop_id AS id FROM shop_task_failures WHERE retry_at <= clock_timestamp()',
  );
  expect(rows).toEqual([{ id: club.shopId }]);
  const { rows: jobs } = await pool.query(`SELECT key, run_at <= now() AS now FROM graphile_worker.jobs`);
  expect(jobs).toEqual([{ key: 'expire-lots', now: true }]);
  expect(await listFailures()).toHaveLength(2);
});

test('a time zone that is not known here is named, with the one that is used', async () => {
  expect((await home()).unknownZone).toBeNull();
  await pool.query(
    `UPDATE shops SET unknown_time_zone = 'Mars/Olympus', time_zone = 'UTC' WHERE shop_id = $1`,
    [club.shopId],
  );
  expect((await home()).unknownZone).toEqual({ zone: 'Mars/Olympus', used: 'UTC' });
});

test('credit of a former currency is named on Home until staff keeps its numbers, in this shop only', async () => {
  await pool.query(`UPDATE shops SET credit_currency = 'USD' WHERE shop_id = ANY($1)`, [
    [club.shopId, other.shopId],
  ]);
  const held = { before: 'USD', now: 'IDR' };
  expect((await home()).heldCredit).toEqual(held);
  await action(adminArgs(club.domain, '/app?index', { json: { intent: 'keep_credit' } }));
  expect([(await home()).heldCredit, (await home(other)).heldCredit]).toEqual([null, held]);
});
