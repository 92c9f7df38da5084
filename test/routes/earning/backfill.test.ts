/** The Backfill screen's loader and action: forms, states, and other shops. The work itself: test/db/earning/backfill.test.ts. */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action, loader } from '#app/routes/app.loyalty.past-orders.tsx';
import { emptyDatabase } from '#test/support/database.ts';
import { backfillRow } from '#test/support/backfills.ts';
import { givenClub, setClub, type TestClub } from '#test/support/clubs.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';

const TOTALS = {
  rulesHash: 'old',
  earning: 2,
  customers: 1,
  points: '30',
  credit: '500000',
  expiredPoints: '10',
  expiredCredit: '0',
  nothing: { not_paid: 3 },
};

let club: TestClub;
beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  club = await givenClub();
  await givenSession(club.domain);
});

const show = async (run = '', { domain } = club) =>
  (await loader(adminArgs(domain, `/app/loyalty/past-orders${run}`))).view;
const post = async (json: object, { domain } = club) => {
  const answer = await action(adminArgs(domain, '/app/loyalty/past-orders', { json }));
  return { status: answer.init?.status, body: answer.data };
};
async function given(state: string, totals: object | null = null): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO backfills (shop_id, state, starts_on, actor, totals, orders_found) VALUES ($1, $2, '2026-01-01', 'staff:1', $3, 5)
     RETURNING backfill_id::text AS id`,
    [club.shopId, state, totals === null ? null : JSON.stringify(totals)],
  );
  return rows[0]!.id;
}

test("an empty screen suggests the club's first day", async () => {
  await setClub(club, { starts_on: '2026-03-01' });
  expect(await show()).toMatchObject({
    chosen: null,
    history: [],
    suggestedDay: '2026-03-01',
    isAnyActive: false,
  });
});

test.each([
  ['', 'required'],
  ['2026-02-31', 'not_a_day'],
  ['2999-01-01', 'in_future'],
  ['1999-01-01', 'invalid'],
])('a start on "%s" is refused at its field', async (startsOn, code) => {
  const { status, body } = await post({ intent: 'start', startsOn });
  expect([status, body]).toEqual([422, { ok: false, errors: { startsOn: { code } } }]);
});

test('a start is noted with who asked, wakes the worker, and is the only one', async () => {
  expect(await post({ intent: 'start', startsOn: '2026-01-01' })).toEqual({
    status: 200,
    body: { ok: true },
  });
  expect(await backfillRow(club)).toMatchObject({
    state: 'collecting',
    actor: expect.stringMatching(/^staff:/),
  });
  const jobs = await pool.query(
    `SELECT FROM graphile_worker.jobs WHERE task_identifier = 'process-backfills'`,
  );
  expect(jobs.rowCount).toBe(1);
  const again = await post({ intent: 'start', startsOn: '2026-01-01' });
  expect(again.body).toEqual({ ok: false, errors: { form: { code: 'changed_meanwhile' } } });
});

test('figures: worth at the rate of spending, without what is over; old ones are counted again first', async () => {
  await setClub(club, { redemption_rate_units: 1n, redemption_rate_minor: 10_000n });
  const backfillId = await given('ready', TOTALS);
  const view = await show();
  expect(view).toMatchObject({ isStale: true, liabilityMinor: 20n * 10_000n + 500_000n, undo: null });
  expect((await post({ intent: 'run', backfillId })).status).toBe(422);
  expect((await post({ intent: 'recount', backfillId })).body).toEqual({ ok: true });
  expect((await backfillRow(club)).state).toBe('counting');
});

test('moves that the state does not allow are refused; what is done can be undone, also an older one', async () => {
  const older = await given('done', TOTALS);
  const newest = await given('cancelled');
  expect((await show()).chosen?.backfillId).toBe(BigInt(newest));
  expect((await show(`?run=${older}`)).undo).toEqual([]);
  expect((await post({ intent: 'pause', backfillId: older })).status).toBe(422);
  const running = await given('running');
  expect((await post({ intent: 'undo', backfillId: older })).status).toBe(422);
  expect((await post({ intent: 'pause', backfillId: running })).body).toEqual({ ok: true });
  await pool.query(`UPDATE backfills SET state = 'done' WHERE backfill_id = $1`, [running]);
  expect((await post({ intent: 'undo', backfillId: older })).body).toEqual({ ok: true });
});

test("another shop's backfill is neither shown nor moved", async () => {
  const backfillId = await given('running');
  const other = await givenClub();
  await givenSession(other.domain);
  expect(await show(`?run=${backfillId}`, other)).toMatchObject({ chosen: null, history: [] });
  const args = adminArgs(other.domain, '/app/loyalty/past-orders', { json: { intent: 'pause', backfillId } });
  expect((await thrownBy(action(args))).status).toBe(404);
  expect((await backfillRow(club)).state).toBe('running');
  expect(
    (await thrownBy(action(adminArgs(club.domain, '/app/loyalty/past-orders', { json: { intent: 'jump' } }))))
      .status,
  ).toBe(404);
});

test('without the permission for all orders the screen says how far back it sees', async () => {
  await pool.query(`UPDATE shops SET scopes = 'read_orders' WHERE shop_id = $1`, [club.shopId]);
  expect((await show()).visibleFrom).toMatch(/^\d{4}-\d\d-\d\d$/);
  await pool.query(`UPDATE shops SET scopes = 'read_orders,read_all_orders' WHERE shop_id = $1`, [
    club.shopId,
  ]);
  expect((await show()).visibleFrom).toBeNull();
});
