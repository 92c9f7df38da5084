/** The liability report and the closed months: they match the sum of the ledger's entries and balances. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { EARNED_KINDS, SPENT_KINDS } from '#app/modules/ledger/rules/posting-types.ts';
import { pool } from '#app/db.server.ts';
import { adjustBalance } from '#app/modules/ledger/adjust-balance.server.ts';
import { closeMonths } from '#app/modules/ledger/months/close-months.server.ts';
import { clubTotals } from '#app/modules/ledger/balances.queries.server.ts';
import { readLiability, type LiabilityReport } from '#app/modules/reports/liability/read-liability.server.ts';
import { rebuildShop } from '#app/modules/audit/rebuild-shop.server.ts';
import { changeOf } from '#app/modules/ledger/rules/month-sums.ts';
import { audit, award, givenClub, orderEvent, refundEvent, type TestClub } from '#test/support/clubs.ts';

const ZONE = 'Asia/Jakarta';
let club: TestClub;

beforeEach(async () => {
  club = await givenClub();
});

/** An entry from a past month, with its lot when it adds value: the ledger's own writer only posts now. */
async function givenEntry(
  createdAt: string,
  amount: bigint,
  kind = amount > 0n ? 'order_spend' : 'redeem',
  change: { unit?: string; customerId?: bigint; validFrom?: string } = {},
): Promise<void> {
  const { unit = 'POINTS', customerId = 1n, validFrom = createdAt } = change;
  await pool.query(
    `WITH account AS (
       INSERT INTO ledger_accounts AS a (shop_id, customer_id, unit, balance, earned, spent) VALUES ($1, $2, $3, $4, $9, $10)
       ON CONFLICT (shop_id, customer_id, unit) DO UPDATE SET balance = a.balance + excluded.balance, earned = a.earned + excluded.earned,
         spent = a.spent + excluded.spent RETURNING balance),
     entry AS (
       INSERT INTO ledger_entries (shop_id, customer_id, unit, amount, kind, source, actor, idempotency_key, input_hash, balance_after, effective_at, created_at)
       SELECT $1, $2, $3, $4, $5, 'job', 'test', $6, encode(sha256(convert_to(concat_ws('|', $5::text, $4::bigint, $2::bigint, $3::text, '', '', '', ''), 'UTF8')), 'hex'),
         balance, $7, $7 FROM account RETURNING entry_id)
     INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from)
     SELECT $1, entry_id, $2, $3, $4, $4, $8 FROM entry WHERE $4::bigint > 0`,
    [
      club.shopId,
      customerId,
      unit,
      amount,
      kind,
      randomUUID(),
      createdAt,
      validFrom,
      EARNED_KINDS.some((earned) => earned === kind) ? amount : 0n,
      SPENT_KINDS.some((spent) => spent === kind) ? -amount : 0n,
    ],
  );
}

const report = () => readLiability({ shopId: club.shopId, timeZone: ZONE });
const monthsOf = ({ units }: LiabilityReport, unit = 'POINTS') =>
  units
    .find((one) => one.unit === unit)!
    .months.map(({ month, issued, spent, outstanding }) => [
      month,
      Number(issued),
      Number(spent),
      Number(outstanding),
    ]);

async function closings(): Promise<string[]> {
  const { rows } = await pool.query<{ month: string }>(
    `SELECT to_char(month, 'YYYY-MM') AS month FROM ledger_closings WHERE shop_id = $1 ORDER BY month`,
    [club.shopId],
  );
  return rows.map(({ month }) => month);
}

/** The difference from the sums over entries and accounts. */
async function expectProved(): Promise<void> {
  const { units } = await report();
  for (const { unit, totals, outstanding, months } of units) {
    const { rows } = await pool.query<{ entries: bigint; balances: bigint }>(
      `SELECT (SELECT coalesce(sum(amount), 0) FROM ledger_entries WHERE shop_id = $1 AND unit = $2)::bigint AS entries,
         (SELECT coalesce(sum(balance), 0) FROM ledger_accounts WHERE shop_id = $1 AND unit = $2)::bigint AS balances`,
      [club.shopId, unit],
    );
    expect(changeOf(totals)).toBe(rows[0]?.entries);
    expect(outstanding).toBe(rows[0]?.balances);
    expect(months.reduce((sum, month) => sum + changeOf(month), 0n)).toBe(outstanding);
  }
  expect(await audit(club)).toEqual([]);
}

describe('closing months', () => {
  test("puts each entry into the month of the shop's zone, and the rest stays live", async () => {
    await givenEntry('2026-08-31T16:59:59.999999Z', 1n); // the last moment of August in Jakarta
    await givenEntry('2026-08-31T17:00:00Z', 10n); // the first of September
    await givenEntry('2026-10-15T00:00:00Z', 100n);
    await givenEntry('2099-01-01T00:00:00Z', 1_000n);
    const before = await report();
    await closeMonths();
    expect((await closings()).slice(0, 3)).toEqual(['2026-08', '2026-09', '2026-10']);
    const after = await report();
    expect(after).toEqual(before);
    expect(monthsOf(after).slice(0, 3)).toEqual([
      ['2026-08-01', 1, 0, 1],
      ['2026-09-01', 10, 0, 11],
      ['2026-10-01', 100, 0, 111],
    ]);
    const { rows } = await pool.query(
      'SELECT sum(amount)::int AS kept FROM ledger_months WHERE shop_id = $1',
      [club.shopId],
    );
    expect(rows).toEqual([{ kept: 111 }]);
    await expectProved();
  });

  test('twice, and by two workers at once, changes nothing', async () => {
    await givenEntry('2026-05-15T00:00:00Z', 10n);
    await givenEntry('2026-06-15T00:00:00Z', 10n);
    const [first, second] = await Promise.all([closeMonths(), closeMonths()]);
    const months = await closings();
    expect(first + second).toBe(months.length);
    expect(await closeMonths()).toBe(0);
    await expectProved();
  });

  test('waits an hour after the end for what is still being written', async () => {
    const { rows } = await pool.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    const now = rows[0]!.now.getTime();
    // A zone whose month ended less than an hour ago would need luck; a shop with one month left proves the same.
    await givenEntry(new Date(now).toISOString(), 10n);
    expect(await closeMonths()).toBe(0);
    expect(await closings()).toEqual([]);
  });

  test('leaves no gap and counts nothing twice when the shop moves to another zone', async () => {
    await givenEntry('2026-05-15T00:00:00Z', 1n);
    await closeMonths();
    await pool.query(`DELETE FROM ledger_months WHERE shop_id = $1 AND month > '2026-05-01'`, [club.shopId]);
    await pool.query(`DELETE FROM ledger_closings WHERE shop_id = $1 AND month > '2026-05-01'`, [
      club.shopId,
    ]);
    // Between the ends of May in Jakarta and in New York.
    await givenEntry('2026-05-31T20:00:00Z', 10n);
    await givenEntry('2026-07-01T02:00:00Z', 100n);
    await pool.query(`UPDATE shops SET time_zone = 'America/New_York' WHERE shop_id = $1`, [club.shopId]);
    await closeMonths();
    const { units } = await readLiability({ shopId: club.shopId, timeZone: 'America/New_York' });
    expect(units[0]?.months.slice(0, 3).map(({ month, issued }) => [month, Number(issued)])).toEqual([
      ['2026-05-01', 1],
      ['2026-06-01', 110],
      ['2026-07-01', 0],
    ]);
    await expectProved();
  });

  test('stores what was pending when the month ended', async () => {
    await givenEntry('2026-05-10T00:00:00Z', 40n, 'order_spend', { validFrom: '2026-06-10T00:00:00Z' });
    await givenEntry('2026-05-10T00:00:00Z', 7n, 'order_spend', { validFrom: '2026-05-20T00:00:00Z' });
    await givenEntry('2026-06-05T00:00:00Z', 5n, 'order_spend', {
      unit: 'CREDIT',
      validFrom: '2026-07-10T00:00:00Z',
    });
    // Taken back before the month's end, and after it.
    for (const [day, taken] of [
      ['2026-05-25T00:00:00Z', 10],
      ['2026-06-05T00:00:00Z', 5],
    ] as const) {
      await givenEntry(day, BigInt(-taken), 'refund_reversal');
      await pool.query(
        `INSERT INTO ledger_consumptions (shop_id, spend_entry, lot_entry, amount)
         SELECT $1, (SELECT max(entry_id) FROM ledger_entries WHERE shop_id = $1), (SELECT entry_id FROM ledger_lots WHERE shop_id = $1 AND amount = 40), $2`,
        [club.shopId, taken],
      );
    }
    await closeMonths();
    const { units } = await report();
    const pending = units.map(({ months }) => months.slice(0, 3).map((month) => Number(month.pending)));
    expect(pending).toEqual([
      [30, 0, 0],
      [5, 0, 0],
    ]);
  });

  test('a wrong stored sum is found by the audit and repaired by rebuild', async () => {
    await givenEntry('2026-05-15T00:00:00Z', 10n);
    await givenEntry('2026-06-15T00:00:00Z', 20n);
    await closeMonths();
    await pool.query(`UPDATE ledger_months SET amount = 11 WHERE shop_id = $1 AND amount = 10`, [
      club.shopId,
    ]);
    await pool.query(`DELETE FROM ledger_months WHERE shop_id = $1 AND amount = 20`, [club.shopId]);
    await pool.query(
      `INSERT INTO ledger_months (shop_id, month, unit, kind, amount, entries) VALUES ($1, '2026-05-01', 'POINTS', 'offer', 1, 1)`,
      [club.shopId],
    );
    expect((await audit(club)).sort()).toEqual([
      'kept sums of a month are its entries: month 2026-05 POINTS offer is 1 of 1, should be nothing',
      'kept sums of a month are its entries: month 2026-05 POINTS order_spend is 11 of 1, should be 10 of 1',
      'kept sums of a month are its entries: month 2026-06 POINTS order_spend is nothing, should be 20 of 1',
    ]);
    expect(await rebuildShop(club.shopId)).toMatchObject({ ledger_months: 2 });
    await expectProved();
    expect(await rebuildShop(club.shopId)).toMatchObject({ ledger_months: 0 });
  });
});

describe('the report', () => {
  test('of a club without movements is empty', async () => {
    expect((await report()).units).toMatchObject([{ unit: 'POINTS', months: [], outstanding: 0n }]);
  });

  test('shows what was issued, spent, returned, taken back and is left, as in the ledger', async () => {
    const customer = 5;
    await award(orderEvent(club, { id: 1, customer, lines: [{ price: 500_000, quantity: 2 }] }));
    await award(refundEvent(club, { id: 11, order: 1, lines: { 1: 1 } }));
    await adjustBalance({
      shopId: club.shopId,
      customerId: 5n,
      formKey: randomUUID(),
      reason: 'deduct',
      unit: 'POINTS',
      amount: 20n,
      effectiveAt: new Date(),
      validFrom: new Date(),
      expiresAt: null,
      orderId: null,
      note: '',
      actor: 'staff:1',
    });
    const { units } = await report();
    expect(units[0]).toMatchObject({
      totals: { issued: 100n, spent: -20n, givenBack: 0n, expired: 0n, takenBack: -50n, moved: 0n },
      outstanding: 30n,
    });
    await expectProved();
    expect(await clubTotals(club.shopId)).toEqual([
      { unit: 'POINTS', issued: 100n, spent: 20n, expired: 0n, takenBack: 50n, outstanding: 30n, members: 1 },
    ]);
  });

  test("Home's totals are the same before and after months are closed", async () => {
    await givenEntry('2026-01-15T00:00:00Z', 100n);
    await givenEntry('2026-02-15T00:00:00Z', 30n, 'restore');
    await givenEntry('2026-03-15T00:00:00Z', 60n, 'manual_add', { unit: 'CREDIT', customerId: 2n });
    await givenEntry(new Date().toISOString(), 5n);
    const before = await clubTotals(club.shopId);
    expect(before).toMatchObject([
      { unit: 'POINTS', issued: 105n, spent: -30n, outstanding: 135n },
      { unit: 'CREDIT', issued: 60n, outstanding: 60n },
    ]);
    await closeMonths();
    await pool.query(`UPDATE ledger_months SET amount = amount + 1 WHERE shop_id = $1 AND unit = 'CREDIT'`, [
      club.shopId,
    ]);
    expect(await clubTotals(club.shopId)).toMatchObject([before[0], { unit: 'CREDIT', issued: 61n }]);
  });

  test('adds up to the entries and balances, whatever was posted when and whenever months were closed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            day: fc.integer({ min: 0, max: 300 }),
            amount: fc.bigInt({ min: 1n, max: 1_000n }),
            unit: fc.constantFrom('POINTS', 'CREDIT'),
            kind: fc.constantFrom(
              'order_spend',
              'birthday',
              'referral',
              'manual_add',
              'merge_in',
              'unheard_of',
            ),
            close: fc.boolean(),
          }),
          { minLength: 1, maxLength: 15 },
        ),
        async (posts) => {
          club = await givenClub();
          for (const post of posts.sort((a, b) => a.day - b.day)) {
            const at = new Date(Date.UTC(2026, 0, 1 + post.day, 17)).toISOString();
            await givenEntry(at, post.amount, post.kind, { unit: post.unit });
          }
          const before = await report();
          if (posts.some(({ close }) => close)) await closeMonths();
          expect(await report()).toEqual(before);
          await expectProved();
        },
      ),
      { numRuns: 8 },
    );
  });
});
