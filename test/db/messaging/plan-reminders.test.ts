/** Reminders of expiry: planned 30, 7 and 1 days before, once each, with the amount that ends on that day. */
import { beforeEach, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { planReminders } from '#app/modules/messaging/planned/plan-reminders.server.ts';
import { endOfDayAfter } from '#app/lib/calendar-days.ts';
import type { Unit } from '#app/lib/units.ts';
import { givenClub, moveClock, setClub, type TestClub } from '#test/support/clubs.ts';

const NOON = '2026-11-21T05:00:00Z';
const SITI = 1;

let club: TestClub;
let lots = 0;
beforeEach(async () => {
  await pool.query('UPDATE shops SET uninstalled_at = now(), installed_at = NULL');
  club = await givenClub();
  await pool.query('UPDATE shops SET installed_at = now(), uninstalled_at = NULL WHERE shop_id = $1', [
    club.shopId,
  ]);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id) SELECT $1, n FROM generate_series(1, 3) AS n`,
    [club.shopId],
  );
  await goTo(NOON);
});

async function goTo(timestamp: string): Promise<void> {
  await moveClock(`${Math.round((Date.parse(timestamp) - Date.now()) / 1_000)} seconds`);
}

/** A lot whose last day of use is this number of days after 21 November, in Jakarta. */
async function givenLot(
  customer: number,
  amount: bigint,
  days: number,
  unit: Unit = 'POINTS',
): Promise<void> {
  await withTransaction(async (tx) => {
    const key = { shopId: club.shopId, customerId: BigInt(customer), unit };
    const plan = await openPosting(tx, [key], []);
    const expiresAt = endOfDayAfter(new Date(NOON), days, 'Asia/Jakarta');
    const facts = {
      key: `test:${++lots}`,
      source: 'staff' as const,
      actor: 'test',
      effectiveAt: new Date(NOON),
    };
    plan.earn(key, 'manual_add', amount, { validFrom: new Date(0), expiresAt, orderId: null }, facts);
    await writePosting(tx, plan);
  });
}

async function messages(): Promise<{ key: string; amount: string; due: Date }[]> {
  const { rows } = await pool.query<{ key: string; amount: string; due: Date }>(
    `SELECT message_key AS key, details->>'amount' AS amount, due_at AS due FROM planned_messages WHERE shop_id = $1 ORDER BY message_key`,
    [club.shopId],
  );
  return rows;
}

test('one a customer, unit, day and step, with the sum of what ends on that day', async () => {
  await givenLot(SITI, 30n, 7);
  await givenLot(SITI, 12n, 7);
  await givenLot(SITI, 5_000_00n, 7, 'CREDIT');
  await givenLot(SITI, 7n, 8);
  await givenLot(2, 9n, 30);
  await givenLot(3, 4n, 1);
  expect(await planReminders()).toBe(4);
  expect(await messages()).toEqual([
    { key: 'expiry:1:CREDIT:2026-11-28:7', amount: '500000', due: new Date('2026-11-21T02:00:00Z') },
    { key: 'expiry:1:POINTS:2026-11-28:7', amount: '42', due: new Date('2026-11-21T02:00:00Z') },
    { key: 'expiry:2:POINTS:2026-12-21:30', amount: '9', due: new Date('2026-11-21T02:00:00Z') },
    { key: 'expiry:3:POINTS:2026-11-22:1', amount: '4', due: new Date('2026-11-21T02:00:00Z') },
  ]);
});

test('each step comes once, on its day, also when the job runs again', async () => {
  await givenLot(SITI, 30n, 30);
  for (let day = 0; day <= 31; day++) {
    await goTo(new Date(Date.parse(NOON) + day * 86_400_000).toISOString());
    await planReminders();
    await pool.query('UPDATE club_settings SET reminded_on = NULL WHERE shop_id = $1', [club.shopId]);
    await planReminders();
  }
  expect((await messages()).map(({ key, due }) => `${key} ${due.toISOString().slice(0, 10)}`)).toEqual([
    'expiry:1:POINTS:2026-12-21:1 2026-12-20',
    'expiry:1:POINTS:2026-12-21:30 2026-11-21',
    'expiry:1:POINTS:2026-12-21:7 2026-12-14',
  ]);
});

test('a day without a worker is made up for, but not long after', async () => {
  await givenLot(SITI, 30n, 7);
  await givenLot(2, 30n, 30);
  await goTo('2026-11-23T05:00:00Z');
  expect(await planReminders()).toBe(2);
  await givenLot(3, 30n, 7);
  await goTo('2026-11-25T17:30:00Z');
  expect(await planReminders()).toBe(0);
});

test('no reminder for an empty balance, for merged or deleted customers, or for others than test customers in trial mode', async () => {
  for (const customer of [1, 2, 3]) await givenLot(customer, 30n, 7);
  await pool.query(`UPDATE customers SET merged_into = 3 WHERE shop_id = $1 AND customer_id = 1`, [
    club.shopId,
  ]);
  await pool.query(`UPDATE customers SET state = 'deleted' WHERE shop_id = $1 AND customer_id = 2`, [
    club.shopId,
  ]);
  await pool.query(`UPDATE ledger_lots SET remaining = 0 WHERE shop_id = $1 AND customer_id = 3`, [
    club.shopId,
  ]);
  await setClub(club, { trial_mode: true });
  expect(await planReminders()).toBe(0);
  await givenLot(3, 8n, 7);
  await setClub(club, { reminded_on: null });
  expect(await planReminders()).toBe(0);
  await pool.query(`UPDATE customers SET is_trial = true WHERE shop_id = $1 AND customer_id = 3`, [
    club.shopId,
  ]);
  await setClub(club, { reminded_on: null });
  expect(await planReminders()).toBe(1);
  expect(await messages()).toMatchObject([{ key: 'expiry:3:POINTS:2026-11-28:7', amount: '8' }]);
});

test('more than a page: everybody once', async () => {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id) SELECT $1, n FROM generate_series(4, 6000) AS n`,
    [club.shopId],
  );
  await pool.query(
    `INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at)
     SELECT $1, -n * 10 - lot, n, 'POINTS', 5, 5, 'epoch', '2026-11-28T17:00:00Z' FROM generate_series(1, 6000) AS n, generate_series(1, 2) AS lot`,
    [club.shopId],
  );
  expect(await planReminders()).toBe(6_000);
  const { rows } = await pool.query(
    `SELECT count(*)::int AS count, count(DISTINCT customer_id)::int AS customers, min(details->>'amount') AS least, max(details->>'amount') AS most
     FROM planned_messages WHERE shop_id = $1`,
    [club.shopId],
  );
  expect(rows).toEqual([{ count: 6_000, customers: 6_000, least: '10', most: '10' }]);
});
