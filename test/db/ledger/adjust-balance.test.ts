/** Staff change balances by hand: once a form, never below what is there, with all that explains it later. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { adjustBalance, type AdjustInput } from '#app/modules/ledger/adjust-balance.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { afterAdjustment } from '#app/modules/ledger/rules/adjustment.ts';
import {
  audit,
  award,
  balanceOf,
  entriesOf,
  givenClub,
  orderEvent,
  walletOf,
  type TestClub,
} from '#test/support/clubs.ts';

const SITI = 9n;
const DAY_MS = 86_400_000;
let club: TestClub;

async function givenCustomer(customerId: bigint, mergedInto: bigint | null = null): Promise<void> {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, merged_into) VALUES ($1, $2, 'Siti', $3) ON CONFLICT DO NOTHING`,
    [club.shopId, customerId, mergedInto],
  );
}

const startOfToday = () => new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);

function input(change: Partial<AdjustInput> = {}): AdjustInput {
  return {
    shopId: club.shopId,
    customerId: SITI,
    formKey: randomUUID(),
    reason: 'loyal_customer',
    unit: 'POINTS',
    amount: 50n,
    effectiveAt: startOfToday(),
    validFrom: startOfToday(),
    expiresAt: null,
    orderId: null,
    note: '',
    actor: 'staff:42',
    ...change,
  };
}

beforeEach(async () => {
  club = await givenClub();
  await givenCustomer(SITI);
});

describe('adding', () => {
  test('gives a lot with its days, reason, note and who did it', async () => {
    const expiresAt = new Date('2030-01-01T00:00:00Z');
    const effectiveAt = new Date('2026-11-01T00:00:00Z');
    const result = await adjustBalance(
      input({ amount: 75n, expiresAt, effectiveAt, note: 'Anniversary of the shop' }),
    );
    expect(result).toMatchObject({ ok: true, balanceAfter: 75n, isRepeat: false });
    const { rows } = await pool.query(
      `SELECT e.kind, e.reason, e.source, e.actor, e.note, e.effective_at, l.valid_from, l.expires_at, l.remaining
       FROM ledger_entries e JOIN ledger_lots l USING (shop_id, entry_id) WHERE e.shop_id = $1`,
      [club.shopId],
    );
    expect(rows).toEqual([
      {
        kind: 'manual_add',
        reason: 'loyal_customer',
        source: 'staff',
        actor: 'staff:42',
        note: 'Anniversary of the shop',
        effective_at: effectiveAt,
        valid_from: startOfToday(),
        expires_at: expiresAt,
        remaining: 75n,
      },
    ]);
    expect(await audit(club)).toEqual([]);
  });

  test('in store credit, and pending until its first day', async () => {
    const validFrom = new Date(Date.now() + 10 * DAY_MS);
    await adjustBalance(input({ unit: 'CREDIT', amount: 5_000_000n, validFrom }));
    expect(await walletOf(club, SITI, 'CREDIT')).toMatchObject({
      balance: 5_000_000n,
      available: 0n,
      pending: 5_000_000n,
    });
  });

  test('pays what is owed first, as the form showed', async () => {
    await withTransaction(async (tx) => {
      const key = { shopId: club.shopId, customerId: SITI, unit: 'POINTS' as const };
      const plan = await openPosting(tx, [key], [key]);
      const facts = { key: 'late', source: 'staff' as const, actor: 'test', effectiveAt: new Date() };
      plan.spend(key, 'redeem', 30n, [new Date()], facts);
      await writePosting(tx, plan);
    });
    const before = await walletOf(club, SITI);
    await adjustBalance(input({ amount: 50n }));
    const after = await walletOf(club, SITI);
    expect(after).toEqual({ balance: 20n, available: 20n, held: 0n, pending: 0n, debt: 0n });
    expect(after).toEqual(afterAdjustment(before, { reason: 'other', amount: 50n, isPending: false }));
  });
});

describe('a forgotten order', () => {
  test('is theirs, and stays out of what the rules gave it', async () => {
    await award(orderEvent(club, { id: 1, customer: Number(SITI), lines: [{ price: 90_000 }] }));
    expect(await adjustBalance(input({ reason: 'forgotten_order', orderId: 1n }))).toMatchObject({
      ok: true,
    });
    await award(orderEvent(club, { id: 1, customer: Number(SITI), lines: [{ price: 90_000 }] }));
    expect(await balanceOf(club, SITI)).toBe(50n);
    expect(await audit(club)).toEqual([]);
  });

  test('of another customer, of another shop or of no one is refused', async () => {
    await award(orderEvent(club, { id: 1, customer: 10, lines: [{ price: 90_000 }] }));
    const other = await givenClub();
    await award(orderEvent(other, { id: 2, customer: Number(SITI), lines: [{ price: 90_000 }] }));
    for (const orderId of [1n, 2n, 3n]) {
      const result = await adjustBalance(input({ reason: 'forgotten_order', orderId }));
      expect(result).toEqual({ ok: false, reason: 'not_their_order' });
    }
    expect(await entriesOf(club, SITI)).toEqual([]);
  });

  test('of a customer who was merged into them is theirs', async () => {
    await award(orderEvent(club, { id: 1, customer: 10, lines: [{ price: 90_000 }] }));
    await pool.query(`UPDATE customers SET merged_into = $2 WHERE shop_id = $1 AND customer_id = 10`, [
      club.shopId,
      SITI,
    ]);
    expect(await adjustBalance(input({ orderId: 1n }))).toMatchObject({ ok: true });
  });
});

describe('deducting', () => {
  test('takes from the lots that end first, and what is pending stays', async () => {
    await adjustBalance(input({ amount: 40n, expiresAt: new Date(Date.now() + 30 * DAY_MS) }));
    await adjustBalance(input({ amount: 60n }));
    await adjustBalance(input({ amount: 500n, validFrom: new Date(Date.now() + DAY_MS) }));
    const result = await adjustBalance(input({ reason: 'deduct', amount: 70n }));
    expect(result).toMatchObject({ ok: true, balanceAfter: 530n });
    expect(await walletOf(club, SITI)).toMatchObject({ available: 30n, pending: 500n });
    expect(await audit(club)).toEqual([]);
  });

  test('more than is available is refused with the figure', async () => {
    await adjustBalance(input({ amount: 40n }));
    await adjustBalance(input({ amount: 500n, validFrom: new Date(Date.now() + DAY_MS) }));
    expect(await adjustBalance(input({ reason: 'deduct', amount: 41n }))).toEqual({
      ok: false,
      reason: 'insufficient',
      available: 40n,
    });
    expect(await entriesOf(club, SITI)).toEqual(['manual_add 40', 'manual_add 500']);
  });

  test('of ten at once only those succeed that the balance covers', async () => {
    await adjustBalance(input({ amount: 30n }));
    const results = await Promise.all(
      Array.from({ length: 10 }, () => adjustBalance(input({ reason: 'deduct', amount: 10n }))),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(3);
    expect(await walletOf(club, SITI)).toMatchObject({ balance: 0n, debt: 0n });
  });
});

describe("the form's key", () => {
  test('posts once, however often it is sent and at once', async () => {
    const form = input({ amount: 50n, note: 'Twice' });
    const results = await Promise.all(Array.from({ length: 6 }, () => adjustBalance(form)));
    const entryIds = new Set(results.map((result) => (result.ok ? result.entryId : null)));
    expect(entryIds.size).toBe(1);
    expect(results.filter((result) => result.ok && !result.isRepeat)).toHaveLength(1);
    expect(await balanceOf(club, SITI)).toBe(50n);
  });

  test('sent at once for two customers posts for one of them', async () => {
    await givenCustomer(10n);
    const alarm = vi.spyOn(logger, 'error').mockReturnValue();
    const form = input();
    const results = await Promise.all(
      [form, { ...form, customerId: 10n }].map((each) => adjustBalance(each)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, reason: 'key_reused' });
    alarm.mockRestore();
  });

  test.each<[string, Partial<AdjustInput>]>([
    ['amount', { amount: 51n }],
    ['customer', { customerId: 10n }],
    ['unit', { unit: 'CREDIT' }],
    ['reason', { reason: 'other' }],
    ['direction', { reason: 'deduct' }],
    ['note', { note: 'another' }],
    ['expiry', { expiresAt: new Date('2031-01-01T00:00:00Z') }],
    ['first day', { validFrom: new Date('2026-01-01T00:00:00Z') }],
    ['date that counts', { effectiveAt: new Date('2026-01-01T00:00:00Z') }],
  ])('with another %s is an alarm and posts nothing', async (_what, change) => {
    await givenCustomer(10n);
    const alarm = vi.spyOn(logger, 'error').mockReturnValue();
    const form = input();
    await adjustBalance(form);
    expect(await adjustBalance({ ...form, ...change })).toEqual({ ok: false, reason: 'key_reused' });
    expect(alarm).toHaveBeenCalledOnce();
    alarm.mockRestore();
    const { rows } = await pool.query(
      'SELECT count(*)::int AS count FROM ledger_entries WHERE shop_id = $1',
      [club.shopId],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });
});

test('nobody gets anything who is unknown, erased, merged away or of another shop', async () => {
  await givenCustomer(11n, SITI);
  await givenCustomer(12n);
  await pool.query(`UPDATE customers SET state = 'redacted' WHERE shop_id = $1 AND customer_id = 12`, [
    club.shopId,
  ]);
  const other = await givenClub();
  for (const change of [
    { customerId: 11n },
    { customerId: 12n },
    { customerId: 13n },
    { shopId: other.shopId },
  ]) {
    expect(await adjustBalance(input(change))).toEqual({ ok: false, reason: 'unknown_customer' });
  }
});
