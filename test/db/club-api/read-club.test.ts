/** What the checkout is shown of a customer: read in one statement, by the rules that hold at that moment. */
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { readClub } from '#app/modules/club-api/read-club.server.ts';
import { readBalances } from '#app/modules/ledger/balances.queries.server.ts';
import { setRewardStatus } from '#app/modules/redemptions/rewards/reward-rows.server.ts';
import { givenClub, moveClock, setClub, type TestClub } from '#test/support/clubs.ts';
import { givePoints } from '#test/support/redemptions.ts';
import { givenReward } from '#test/support/rewards.ts';

const SITI = 7_001;
let club: TestClub;

beforeEach(async () => {
  club = await givenClub();
});
afterEach(() => moveClock('0'));

const read = (domain = club.domain, customerId = BigInt(SITI)) =>
  readClub({ shopDomain: domain, customerId, cart: null });

/** The statements that `work` runs on the pool, and a line for each connection it takes. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const query = vi.spyOn(pool, 'query');
  const connect = vi.spyOn(pool, 'connect');
  await work();
  for (const [statement] of query.mock.calls as unknown as [string | { text: string }][])
    texts.push(typeof statement === 'string' ? statement : statement.text);
  const connections = (connect.mock.calls as unknown[][]).filter((args) => args.length === 0).length;
  query.mockRestore();
  connect.mockRestore();
  return [...texts, ...Array.from({ length: connections }, () => 'a connection of its own')];
}

test('one statement, also where tiers are measured', async () => {
  await givePoints(club, SITI, 100n);
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  await givenReward(club, { units: 20n, limitPerCustomer: 1 });
  for (const measure of ['spend', 'points']) {
    await pool.query('UPDATE club_settings SET tiers_active = true, tier_measure = $2 WHERE shop_id = $1', [
      club.shopId,
      measure,
    ]);
    const first = await read();
    expect(first?.tier?.next).toMatchObject({ measure });
    expect(await statementsOf(read)).toHaveLength(1);
    expect(await read()).toEqual(first);
  }
});

test('customers who are read together share statements, and each gets what is theirs', async () => {
  const other = await givenClub();
  await pool.query('SELECT seed_club($1, 10000)', [other.shopId]);
  await setClub(other, { club_title: 'Other', tiers_active: true });
  const customers = Array.from({ length: 20 }, (_, index) => SITI + index);
  for (const customer of customers) {
    await givePoints(club, customer, BigInt(customer));
    await givePoints(other, customer, 2n * BigInt(customer));
  }
  await Promise.all([read(), read(other.domain)]);
  const readAll = () =>
    Promise.all(
      customers.flatMap((customer) => [
        read(club.domain, BigInt(customer)),
        read(other.domain, BigInt(customer)),
        read('absent.myshopify.com', BigInt(customer)),
      ]),
    );
  let views: Awaited<ReturnType<typeof readAll>> = [];
  const statements = await statementsOf(async () => (views = await readAll()));
  expect(views.map((view) => view && [view.clubTitle, view.wallets[0]?.balance, view.tier !== null])).toEqual(
    customers.flatMap((customer) => [
      [club.domain, String(customer), false],
      ['Other', String(2 * customer), true],
      null,
    ]),
  );
  expect(statements.filter((text) => text !== 'a connection of its own').length).toBeLessThanOrEqual(20);
});

test('a balance beyond 2^53 is exact', async () => {
  const large = 9_007_199_254_740_993n;
  await givePoints(club, SITI, large);
  expect((await readBalances(pool, club.shopId, [BigInt(SITI)]))[0]?.balance).toBe(large);
  expect((await read())?.wallets[0]?.balance).toBe(large.toString());
});

test('a changed rule is shown at once, whatever changed it', async () => {
  const reward = await givenReward(club, { name: 'Ten off', units: 20n });
  expect(await read()).toMatchObject({ banner: '', rewards: [{ name: 'Ten off' }] });
  await setClub(club, { banner_text: 'Free delivery', redemption_rate_minor: 5n });
  expect(await read()).toMatchObject({ banner: 'Free delivery', wallets: [{ rate: { amountMinor: '5' } }] });
  await setRewardStatus(club.shopId, reward, 'paused');
  expect((await read())?.rewards).toEqual([]);
  await pool.query(`UPDATE shops SET currency = 'USD' WHERE shop_id = $1`, [club.shopId]);
  expect((await read())?.currency).toBe('USD');
  await pool.query('UPDATE shops SET uninstalled_at = clock_timestamp() WHERE shop_id = $1', [club.shopId]);
  expect(await read()).toBeNull();
  await pool.query('UPDATE shops SET installed_at = clock_timestamp() WHERE shop_id = $1', [club.shopId]);
  expect(await read()).not.toBeNull();
  expect(await read('absent.myshopify.com')).toBeNull();
});

test('no reader sees half of a change, nor one that is older than what was stored before', async () => {
  const reward = await givenReward(club, { units: 1n });
  await setClub(club, { banner_text: '1' });
  const STATES_A_READING = 6n;
  const seen = new Set<bigint>();
  let stored = 1n;
  let isDone = false;
  const write = async () => {
    for (let value = 2n; value <= 40n; value += 1n) {
      await withTransaction(async (tx) => {
        await tx.query('UPDATE rewards SET units = $2 WHERE shop_id = $1 AND reward_id = $3', [
          club.shopId,
          value,
          reward,
        ]);
        await tx.query('UPDATE club_settings SET banner_text = $2 WHERE shop_id = $1', [club.shopId, value]);
      });
      stored = value;
      // Readers keep up, however fast the machine writes.
      while (!isDone && BigInt(seen.size) * STATES_A_READING < value) await setImmediate();
    }
    isDone = true;
  };
  const readAll = async () => {
    while (!isDone) {
      const least = stored;
      const view = await read();
      const shown = BigInt(view?.banner ?? 0);
      expect(view?.rewards[0]?.units).toBe(shown.toString());
      expect(shown).toBeGreaterThanOrEqual(least);
      seen.add(shown);
    }
  };
  await Promise.all([write(), ...[1, 2, 3].map(() => readAll().finally(() => (isDone = true)))]);
  expect(seen.size).toBeGreaterThan(5);
  expect((await read())?.banner).toBe('40');
});

test('the period of tiers begins by the clock of the database', async () => {
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  await setClub(club, { tiers_active: true, tier_measure: 'points', tier_period_days: 10 });
  await givePoints(club, SITI, 30_000n);
  expect((await read())?.tier?.next).toMatchObject({ name: 'Retail', missing: '0' });
  const before = (await read())?.tier;
  await moveClock('11 days');
  await pool.query('UPDATE tiers SET threshold = 20000 WHERE shop_id = $1 AND name = $2', [
    club.shopId,
    'Retail',
  ]);
  expect(before).not.toBeNull();
  expect((await read())?.tier?.next).toMatchObject({ name: 'Retail', missing: '20000' });
  await moveClock('0');
  expect((await read())?.tier?.next).toMatchObject({ missing: '0' });
});

test('a limited reward is counted up to its limit', async () => {
  await givePoints(club, SITI, 1_000n);
  await givenReward(club, { name: 'Once', units: 10n, limitPerCustomer: 1 });
  await givenReward(club, { name: 'Twice in all', units: 20n, limitTotal: 2 });
  await givenReward(club, { name: 'Any', units: 30n });
  const obstacles = async (customerId = BigInt(SITI)) =>
    (await read(club.domain, customerId))?.rewards.map(({ obstacle }) => obstacle);
  expect(await obstacles()).toEqual([null, null, null]);
  for (const [name, customer, key] of [
    ['Once', SITI, 'a'],
    ['Twice in all', SITI, 'b'],
    ['Twice in all', SITI + 1, 'c'],
  ] as const)
    await pool.query(
      `INSERT INTO redemptions (shop_id, customer_id, client_key, input_hash, kind, reward_id, unit, units, amount_minor, currency, code, state, expires_at)
       SELECT shop_id, $2, $4, 'h', 'reward', reward_id, 'POINTS', units, 0, 'IDR', 'SETIA-' || $4, 'settled', ledger_now()
       FROM rewards WHERE shop_id = $1 AND name = $3`,
      [club.shopId, customer, name, key],
    );
  expect(await obstacles()).toEqual(['limit_customer', 'limit_total', null]);
  await givePoints(club, SITI + 1, 1_000n);
  expect(await obstacles(BigInt(SITI + 1))).toEqual([null, 'limit_total', null]);
  await pool.query(`UPDATE redemptions SET state = 'released' WHERE shop_id = $1`, [club.shopId]);
  expect(await obstacles()).toEqual([null, null, null]);
});
