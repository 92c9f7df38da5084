/** Birthday and anniversary gifts on a real database: once a customer and year, on the shop's own day, whatever breaks. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledgerNow, pool, withTransaction } from '#app/db.server.ts';
import { giveGifts } from '#app/modules/occasions/give-gifts.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import {
  audit,
  entriesOf,
  givenClub,
  moveClock,
  setClub,
  walletOf,
  type TestClub,
} from '#test/support/clubs.ts';

const ZONE = 'Asia/Jakarta';
const SITI = 1;

let club: TestClub;
let today: string;
beforeEach(async () => {
  await pool.query('DELETE FROM gift_settings');
  await goTo('2026-11-20T17:30:00Z');
  club = await givenClub();
  today = localDay(await ledgerNow(pool), ZONE);
  await pool.query('UPDATE shops SET installed_at = now() WHERE shop_id = $1', [club.shopId]);
});
afterEach(async () => {
  expect(await audit(club)).toEqual([]);
});

/** Sets the club's clock to a moment. */
async function goTo(timestamp: string): Promise<void> {
  const seconds = Math.round((Date.parse(timestamp) - Date.now()) / 1_000);
  await moveClock(`${seconds} seconds`);
}

async function givenGift(change: Record<string, unknown> = {}): Promise<void> {
  const row: Record<string, unknown> = {
    shop_id: club.shopId,
    kind: 'birthday',
    is_active: true,
    amount: 50n,
    active_from: today,
    ...change,
  };
  const names = Object.keys(row);
  await pool.query(
    `INSERT INTO gift_settings (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})
     ON CONFLICT (shop_id, kind) DO UPDATE SET (${names.join(', ')}) = ROW (${names.map((name) => `excluded.${name}`).join(', ')})`,
    Object.values(row),
  );
}

async function givenCustomer(
  id: number,
  columns: Record<string, unknown> = { birth_date: '1990-11-21' },
): Promise<void> {
  const row: Record<string, unknown> = { shop_id: club.shopId, customer_id: id, ...columns };
  const names = Object.keys(row);
  await pool.query(
    `INSERT INTO customers (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  );
}

async function givePoints(customer: number, amount: bigint): Promise<void> {
  await withTransaction(async (tx) => {
    const key = { shopId: club.shopId, customerId: BigInt(customer), unit: 'POINTS' as const };
    const plan = await openPosting(tx, [key], []);
    const terms = { validFrom: new Date(0), expiresAt: null, orderId: null };
    const facts = {
      key: `test:${customer}`,
      source: 'staff' as const,
      actor: 'test',
      effectiveAt: new Date(),
    };
    plan.earn(key, 'manual_add', amount, terms, facts);
    await writePosting(tx, plan);
  });
}

interface RunRow {
  kind: string;
  day: string;
  granted: number;
  amount: bigint;
  skipped: number;
  isFinished: boolean;
}

async function runs(): Promise<RunRow[]> {
  const { rows } = await pool.query<RunRow>(
    `SELECT kind, day::text AS day, granted, amount, skipped, finished_at IS NOT NULL AS "isFinished" FROM gift_runs WHERE shop_id = $1 ORDER BY kind, day`,
    [club.shopId],
  );
  return rows;
}

test("is given on the shop's own day, once, to the customers who celebrate, with the end of its use", async () => {
  await givenGift({ expires_days: 30 });
  await givenCustomer(SITI);
  await givenCustomer(2, { birth_date: '1990-11-20' });
  await givenCustomer(3, { wedding_date: '1990-11-21' });
  expect(today).toBe('2026-11-21');
  expect(await giveGifts()).toBe(1);
  expect(await giveGifts()).toBe(0);
  expect(await entriesOf(club, SITI)).toEqual(['birthday 50']);
  const { rows } = await pool.query<{ key: string; expires: Date }>(
    `SELECT idempotency_key AS key, expires_at AS expires FROM ledger_entries JOIN ledger_lots USING (shop_id, entry_id) WHERE shop_id = $1`,
    [club.shopId],
  );
  expect(rows).toEqual([{ key: 'gift:birthday:1:2026', expires: new Date('2026-12-21T17:00:00Z') }]);
  expect(await runs()).toEqual([
    { kind: 'birthday', day: '2026-11-21', granted: 1, amount: 50n, skipped: 0, isFinished: true },
  ]);
});

test('before midnight of the shop nothing is given', async () => {
  await givenGift({ active_from: '2026-11-01' });
  await givenCustomer(SITI);
  await goTo('2026-11-20T16:59:00Z');
  expect(await giveGifts()).toBe(0);
});

test('days before, in both kinds, each with its own terms', async () => {
  await givenGift({ days_before: 7, unit: 'CREDIT', amount: 25_000_00n });
  await givenGift({ kind: 'anniversary', amount: 80n });
  await givenCustomer(SITI, { birth_date: '2000-11-28', wedding_date: '2020-11-21' });
  expect(await giveGifts()).toBe(2);
  expect(await entriesOf(club, SITI)).toEqual(['anniversary 80', 'birthday 2500000']);
  expect((await walletOf(club, SITI, 'CREDIT')).available).toBe(25_000_00n);
});

test('29 February celebrates on the 28th in other years', async () => {
  await goTo('2027-02-28T01:00:00Z');
  await givenGift({ active_from: '2027-02-01' });
  await givenCustomer(SITI, { birth_date: '1996-02-29' });
  await givenCustomer(2, { birth_date: '1996-02-28' });
  await givenCustomer(3, { birth_date: '1996-03-01' });
  expect(await giveGifts()).toBe(2);
  await goTo('2028-02-28T01:00:00Z');
  expect(await giveGifts()).toBe(1);
  await goTo('2028-02-29T01:00:00Z');
  expect(await giveGifts()).toBe(1);
  expect(await entriesOf(club, SITI)).toEqual(['birthday 50', 'birthday 50']);
});

test('a percent is of what can be spent then, and the entry keeps both', async () => {
  await givenGift({ amount_mode: 'percent', percent_bp: 1_000 });
  await givenCustomer(SITI);
  await givenCustomer(2);
  await givePoints(SITI, 1_239n);
  expect(await giveGifts()).toBe(1);
  expect(await entriesOf(club, SITI)).toEqual(['manual_add 1239', 'birthday 123']);
  const { rows } = await pool.query(
    `SELECT reason FROM ledger_entries WHERE shop_id = $1 AND kind = 'birthday'`,
    [club.shopId],
  );
  expect(rows).toEqual([{ reason: 'percent:1000:1239' }]);
  expect(await runs()).toMatchObject([{ granted: 1, amount: 123n, skipped: 1 }]);
  expect(await entriesOf(club, 2)).toEqual([]);
});

test('a merged pair gets one gift a year, whichever of them had it', async () => {
  await givenGift();
  await givenCustomer(SITI);
  expect(await giveGifts()).toBe(1);
  await givenCustomer(2);
  await pool.query('UPDATE customers SET merged_into = 2 WHERE shop_id = $1 AND customer_id = $2', [
    club.shopId,
    SITI,
  ]);
  // What was ever earned counts for the customer who was kept, as merging has it.
  await pool.query(
    `WITH gone AS (UPDATE ledger_accounts SET earned = 0 WHERE shop_id = $1 AND customer_id = $2)
     INSERT INTO ledger_accounts (shop_id, customer_id, unit, earned) VALUES ($1, 2, 'POINTS', 50)`,
    [club.shopId, SITI],
  );
  await pool.query('DELETE FROM gift_runs WHERE shop_id = $1', [club.shopId]);
  expect(await giveGifts()).toBe(0);
  await goTo('2027-11-21T01:00:00Z');
  expect(await giveGifts()).toBe(1);
  expect(await entriesOf(club, 2)).toEqual(['birthday 50']);
});

test('nobody is given anything whose club is off, who is gone, or who is no test customer in trial mode', async () => {
  await givenGift();
  await pool.query(
    `INSERT INTO categories (shop_id, key, name, loyalty_enabled) VALUES ($1, 'reseller', 'Reseller', false)`,
    [club.shopId],
  );
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT category_id AS id FROM categories WHERE shop_id = $1 AND NOT loyalty_enabled`,
    [club.shopId],
  );
  await givenCustomer(SITI, { birth_date: '1990-11-21', category_id: rows[0]?.id });
  await givenCustomer(2, { birth_date: '1990-11-21', state: 'deleted' });
  await givenCustomer(3, { birth_date: '1990-11-21', is_trial: true });
  await givenCustomer(4);
  await setClub(club, { trial_mode: true });
  expect(await giveGifts()).toBe(1);
  expect(await entriesOf(club, 3)).toEqual(['birthday 50']);
  expect(await runs()).toMatchObject([{ granted: 1, skipped: 2 }]);
});

test('a day without a worker is made up for within a week, not from before the gift was switched on', async () => {
  await givenGift();
  await givenCustomer(SITI, { birth_date: '1990-11-24' });
  await givenCustomer(2, { birth_date: '1990-11-20' });
  await givenCustomer(3, { birth_date: '1990-12-01' });
  await goTo('2026-12-01T03:00:00Z');
  expect(await giveGifts()).toBe(2);
  expect(await entriesOf(club, SITI)).toEqual(['birthday 50']);
  await goTo('2026-12-20T03:00:00Z');
  await givenCustomer(4, { birth_date: '1990-12-05' });
  expect(await giveGifts()).toBe(0);
});

test('a switched-off gift, and an uninstalled shop, give nothing', async () => {
  await givenCustomer(SITI);
  await givenGift({ is_active: false });
  expect(await giveGifts()).toBe(0);
  await givenGift();
  await pool.query(
    `UPDATE shops SET uninstalled_at = installed_at + interval '1 second' WHERE shop_id = $1`,
    [club.shopId],
  );
  expect(await giveGifts()).toBe(0);
});

test('a run that loses its connection goes on where it was, two at a time, and gives nobody twice', async () => {
  await givenGift();
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, birth_date) SELECT $1, n, '1990-11-21' FROM generate_series(1, 2500) AS n`,
    [club.shopId],
  );
  const other = await pool.connect();
  await other.query('BEGIN');
  await other.query('SELECT FROM customers WHERE shop_id = $1 AND customer_id = 1500 FOR UPDATE', [
    club.shopId,
  ]);
  const cut = giveGifts().then(
    () => 'ended',
    () => 'cut',
  );
  const terminate = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await pool.query(terminate)).rowCount === 0) await sleep(5);
  expect(await cut).toBe('cut');
  await other.query('ROLLBACK');
  other.release();
  expect(await runs()).toMatchObject([{ granted: 1_000, isFinished: false }]);
  const rest = await Promise.all([giveGifts(), giveGifts()]);
  expect(rest[0] + rest[1]).toBe(1_500);
  expect(await runs()).toMatchObject([{ granted: 2_500, amount: 125_000n, isFinished: true }]);
  const { rows } = await pool.query(
    `SELECT count(*)::int AS count, sum(amount)::int AS sum FROM ledger_entries WHERE shop_id = $1`,
    [club.shopId],
  );
  expect(rows).toEqual([{ count: 2_500, sum: 125_000 }]);
});
