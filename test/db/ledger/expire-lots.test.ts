/** The set-based end of lots writes what the planned one writes, however the ledger looks; and it can be cut off. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledgerNow, pool, withTransaction } from '#app/db.server.ts';
import { reactToEvents } from '#app/jobs/reactions.ts';
import { expireLots } from '#app/modules/ledger/expiry/expire-lots.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import type { AccountKey } from '#app/modules/ledger/rules/account.ts';
import { planExpiry } from '../../support/plan-expiry.ts';
import { audit, entriesOf, givenClub, setClub, type TestClub } from '#test/support/clubs.ts';
import { seededRandom } from '#test/support/random.ts';

const DAY_MS = 86_400_000;
const CUSTOMERS = 40;
const UNITS = ['CREDIT', 'POINTS'] as const;

let club: TestClub;
beforeEach(async () => {
  club = await givenClub();
});
afterEach(async () => {
  expect(await audit(club)).toEqual([]);
});

const accounts = ({ shopId }: TestClub): AccountKey[] =>
  Array.from({ length: CUSTOMERS }, (_, index) => index).flatMap((index) =>
    UNITS.map((unit) => ({ shopId, customerId: BigInt(index + 1), unit })),
  );

/** Earns, spends beyond what there is, take-backs and holds, the same for the same seed. */
async function givenLedger(target: TestClub, seed: number): Promise<void> {
  process.env.SEED = String(seed);
  const random = seededRandom('expire-lots');
  const keys = accounts(target);
  await withTransaction(async (tx) => {
    const now = new Date('2026-11-01T00:00:00Z');
    const plan = await openPosting(tx, keys, keys);
    keys.forEach((key, index) => {
      const lots = random.between(0, 6);
      for (let lot = 0; lot < lots; lot++) {
        const expiresAt = random.chance(0.2)
          ? null
          : new Date(now.getTime() + random.between(-40, 60) * DAY_MS);
        plan.earn(
          key,
          'manual_add',
          BigInt(random.between(1, 500)),
          {
            validFrom: random.chance(0.2) ? new Date(now.getTime() + 30 * DAY_MS) : new Date(0),
            expiresAt,
            orderId: random.chance(0.5) ? BigInt(random.between(1, 9)) : null,
          },
          facts(`earn:${index}:${lot}`, now),
        );
        if (random.chance(0.3))
          plan.spend(
            key,
            'manual_deduct',
            BigInt(random.between(1, 400)),
            [now],
            facts(`spend:${index}:${lot}`, now),
          );
      }
      if (random.chance(0.1)) plan.hold(key, uuidOf(index, target), 1n);
    });
    await writePosting(tx, plan);
  });
  // A hold belongs to a redemption, or the audit would name it.
  await pool.query(
    `INSERT INTO redemptions (shop_id, redemption_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code, state, expires_at)
     SELECT shop_id, redemption_id, customer_id, redemption_id::text, '', unit, amount, 100, 'IDR', redemption_id::text, 'issued', ledger_now() + interval '2 hours'
     FROM ledger_holds WHERE shop_id = $1`,
    [target.shopId],
  );
}

const facts = (key: string, effectiveAt: Date) => ({
  key,
  source: 'staff' as const,
  actor: 'test',
  effectiveAt,
});

function uuidOf(index: number, { shopId }: TestClub): string {
  const hex = createHash('sha256').update(`${shopId}/${index}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The end of lots as it is planned account by account. */
async function expirePlanned(target: TestClub): Promise<number> {
  return withTransaction(async (tx) => {
    const keys = accounts(target);
    const now = await ledgerNow(tx);
    const plan = await openPosting(tx, keys, keys);
    const count = keys.reduce((sum, key) => sum + planExpiry(plan, key, now), 0);
    await writePosting(tx, plan);
    return count;
  });
}

/** All that the ledger holds, with ids counted from the shop's first: both shops had the same story. */
async function ledgerOf({ shopId }: TestClub): Promise<unknown[]> {
  const first = `(SELECT min(entry_id) FROM ledger_entries WHERE shop_id = $1)`;
  const read = async (sql: string) => (await pool.query(sql, [shopId])).rows;
  return [
    await read(
      `SELECT entry_id - ${first} AS entry, customer_id, unit, amount, kind, reason, source, order_id, rule, actor, note, input_hash, balance_after,
         effective_at, CASE WHEN kind = 'expire' THEN 'expire:' || substr(idempotency_key, 8)::bigint - ${first} ELSE idempotency_key END AS key
       FROM ledger_entries WHERE shop_id = $1 ORDER BY entry_id`,
    ),
    await read(
      `SELECT entry_id - ${first} AS entry, customer_id, unit, amount, remaining, valid_from, expires_at, order_id FROM ledger_lots WHERE shop_id = $1 ORDER BY 1`,
    ),
    await read(
      `SELECT spend_entry - ${first} AS spend, lot_entry - ${first} AS lot, amount, restored FROM ledger_consumptions WHERE shop_id = $1 ORDER BY 1, 2`,
    ),
    await read(
      `SELECT customer_id, unit, balance, held, debt FROM ledger_accounts WHERE shop_id = $1 ORDER BY 1, 2`,
    ),
  ];
}

test('writes what the planned end of lots writes, on random ledgers', async () => {
  for (let seed = 1; seed <= 8; seed++) {
    const planned = await givenClub();
    await givenLedger(planned, seed);
    const count = await expirePlanned(planned);
    expect(count).toBeGreaterThan(10);
    const setBased = await givenClub();
    await givenLedger(setBased, seed);
    expect(await expireLots()).toBe(count);
    const [left, right] = [await ledgerOf(planned), await ledgerOf(setBased)];
    expect(right).toEqual(left);
    expect(await audit(setBased)).toEqual([]);
    expect(await expireLots()).toBe(0);
  }
});

test('accounts that hold value wait until the hold ends', async () => {
  await givenLots(1, 3);
  await pool.query(`UPDATE ledger_accounts SET held = 5 WHERE shop_id = $1`, [club.shopId]);
  expect(await expireLots()).toBe(0);
  await pool.query(`UPDATE ledger_accounts SET held = 0 WHERE shop_id = $1`, [club.shopId]);
  expect(await expireLots()).toBe(3);
});

test('a run that loses its connection half-way has ended nothing twice when another goes on', async () => {
  await givenLots(4_500, 3);
  const other = await pool.connect();
  await other.query('BEGIN');
  await other.query('SELECT FROM ledger_accounts WHERE shop_id = $1 AND customer_id = 4000 FOR UPDATE', [
    club.shopId,
  ]);
  const cut = expireLots().then(
    () => 'ended',
    () => 'cut',
  );
  // One page waits for the account that is locked; the others are done.
  const terminated = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND EXISTS (SELECT FROM ledger_entries WHERE shop_id = $1 AND kind = 'expire')`;
  while ((await pool.query(terminated, [club.shopId])).rowCount === 0) await sleep(5);
  expect(await cut).toBe('cut');
  await other.query('ROLLBACK');
  other.release();
  const { rows } = await pool.query<{ open: number }>(
    `SELECT count(*)::int AS open FROM ledger_lots WHERE shop_id = $1 AND remaining > 0`,
    [club.shopId],
  );
  expect(rows[0]?.open).toBeGreaterThan(0);
  expect(rows[0]?.open).toBeLessThan(13_500);
  const results = await Promise.all([expireLots(), expireLots()]);
  expect(results[0] + results[1]).toBe(rows[0]?.open);
  expect(await entriesOf(club, 1)).toEqual([
    'import 10',
    'import 10',
    'import 10',
    'expire -10',
    'expire -10',
    'expire -10',
  ]);
});

test('says how many lots it ended, however many pages there were at a time', async () => {
  await givenLots(4_000, 3);
  expect(await expireLots()).toBe(12_000);
});

test('each ended lot is told once where the merchant wants every change told', async () => {
  await givenLots(2, 2);
  await setClub(club, { message_on_change: true });
  await expireLots();
  await reactToEvents();
  const { rows } = await pool.query(
    `SELECT customer_id, kind, details->>'amount' AS amount, details->>'balance' AS balance FROM planned_messages WHERE shop_id = $1 ORDER BY message_id`,
    [club.shopId],
  );
  expect(rows).toEqual([
    { customer_id: 1n, kind: 'change', amount: '-10', balance: '10' },
    { customer_id: 1n, kind: 'change', amount: '-10', balance: '0' },
    { customer_id: 2n, kind: 'change', amount: '-10', balance: '10' },
    { customer_id: 2n, kind: 'change', amount: '-10', balance: '0' },
  ]);
});

/** Customers who each have lots of 10 points that ended yesterday. */
async function givenLots(customers: number, lots: number): Promise<void> {
  await pool.query(
    `WITH lots AS (SELECT nextval('ledger_entries_entry_id_seq') AS entry_id, customer, lot
         FROM generate_series(1, $2::int) AS customer, generate_series(1, $3::int) AS lot),
       entries AS (INSERT INTO ledger_entries (shop_id, entry_id, customer_id, unit, amount, kind, source, actor, idempotency_key, input_hash, balance_after, effective_at)
         SELECT $1, entry_id, customer, 'POINTS', 10, 'import', 'import', 'test', 'import:' || entry_id,
           encode(sha256(convert_to('import|10|' || customer || '|POINTS||||', 'UTF8')), 'hex'), lot * 10, ledger_now() FROM lots),
       accounts AS (INSERT INTO ledger_accounts (shop_id, customer_id, unit, balance, earned)
         SELECT $1, customer, 'POINTS', $3::int * 10, $3::int * 10 FROM generate_series(1, $2::int) AS customer)
     INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at)
     SELECT $1, entry_id, customer, 'POINTS', 10, 10, 'epoch', date_trunc('day', ledger_now()) FROM lots`,
    [club.shopId, customers, lots],
  );
  // As autovacuum would have after that many rows: statistics of the tables while they were empty lead to hopeless plans.
  await pool.query('ANALYZE ledger_entries, ledger_accounts, ledger_lots');
}
