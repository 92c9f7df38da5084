/** Orders and refunds become points exactly once, on a real database, whatever comes twice, late or at the same time. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { awardOrders } from '#app/modules/earning/award/award-orders.server.ts';
import { expireLots } from '#app/modules/ledger/expiry/expire-lots.server.ts';
import {
  award,
  audit,
  balanceOf,
  entriesOf,
  givenClub,
  moveClock,
  orderEvent,
  refundEvent,
  setClub,
  setRule,
  walletOf,
  type TestClub,
} from '#test/support/clubs.ts';
import type { OrderSpec } from '#test/support/orders.ts';

const SITI = 9;
const BUDI = 8;

let club: TestClub;
beforeEach(async () => {
  club = await givenClub();
});
afterEach(async () => {
  expect(await audit(club)).toEqual([]);
});

/** Siti's order of three pieces at 100,000: 30 points. */
const order = (change: Partial<OrderSpec> = {}): OrderSpec => ({
  id: 1,
  customer: SITI,
  lines: [{ price: 100_000, quantity: 3 }],
  ...change,
});
const event = (change: Partial<OrderSpec> = {}, topic?: string) => orderEvent(club, order(change), topic);

test('a refund in no named currency waits until the currency of the shop is known', async () => {
  await award(event({ currency: 'JPY' }));
  await pool.query('UPDATE shops SET currency = NULL WHERE shop_id = $1', [club.shopId]);
  const payload = { id: 77, order_id: 1, order_adjustments: [{ amount: '-100000' }] };
  const refund = { shopId: club.shopId, topic: 'refunds/create', triggeredAt: new Date(), payload };
  await expect(award(refund)).rejects.toThrow('refund.order_adjustments[0].amount');
  expect((await pool.query('SELECT FROM order_refunds WHERE shop_id = $1', [club.shopId])).rowCount).toBe(0);
  await pool.query(`UPDATE shops SET currency = 'JPY' WHERE shop_id = $1`, [club.shopId]);
  await award(refund);
  const { rows } = await pool.query(`SELECT state->>'extra' AS extra FROM order_refunds WHERE shop_id = $1`, [
    club.shopId,
  ]);
  expect(rows).toEqual([{ extra: '100000' }]);
});

describe('an order', () => {
  test('gives its points once, in one batch of 50 duplicates', async () => {
    const paid = event({}, 'orders/paid');
    await award(...Array.from({ length: 50 }, () => paid));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30']);
  });

  test('gives its points once, in 50 batches, five at a time', async () => {
    const paid = event({}, 'orders/paid');
    const lane = async () => {
      for (let batch = 0; batch < 10; batch++) await award(paid);
    };
    await Promise.all(Array.from({ length: 5 }, lane));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30']);
  });

  test('gives nothing before it is paid, and its points when it is', async () => {
    await award(event({ financial: 'pending' }));
    expect(await entriesOf(club, SITI)).toEqual([]);
    await award(event({ updatedAt: '2026-11-20T11:00:00+07:00' }, 'orders/paid'));
    expect(await balanceOf(club, SITI)).toBe(30n);
  });

  test('gives no points as a test, without a customer, or below one step', async () => {
    await award(
      event({ id: 2, test: true }),
      event({ id: 3, customer: null }),
      event({ id: 4, lines: [{ price: 99_999 }] }),
    );
    expect(await entriesOf(club, SITI)).toEqual([]);
  });

  test("of before the club's start gives nothing, by the calendar of the shop", async () => {
    await setClub(club, { starts_on: '2026-11-20' });
    await award(
      event({ id: 2, processedAt: '2026-11-19T23:59:59+07:00' }),
      event({ id: 3, processedAt: '2026-11-20T00:00:00+07:00' }),
    );
    expect(await balanceOf(club, SITI)).toBe(30n);
  });

  test('goes back in parts and in whole', async () => {
    await award(event());
    await award(refundEvent(club, { id: 5, order: 1, lines: { 1: 1 } }));
    expect(await balanceOf(club, SITI)).toBe(20n);
    await award(
      refundEvent(club, { id: 6, order: 1, lines: { 1: 1 } }),
      refundEvent(club, { id: 5, order: 1, lines: { 1: 1 } }),
    );
    expect(await balanceOf(club, SITI)).toBe(10n);
    await award(event({ financial: 'refunded', updatedAt: '2026-11-21T10:00:00+07:00' }));
    expect(await entriesOf(club, SITI)).toEqual([
      'order_spend 30',
      'refund_reversal -10',
      'refund_reversal -10',
      'refund_reversal -10',
    ]);
  });

  test('cancelled after it was paid takes all back', async () => {
    await award(event());
    await award(
      event(
        { cancelledAt: '2026-11-21T09:00:00+07:00', updatedAt: '2026-11-21T09:00:00+07:00' },
        'orders/cancelled',
      ),
    );
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30', 'cancel_reversal -30']);
  });

  test('that was edited gives the difference, up and down', async () => {
    await award(event());
    await award(event({ lines: [{ price: 100_000, quantity: 5 }], updatedAt: '2026-11-21T09:00:00+07:00' }));
    await award(
      event({ lines: [{ price: 100_000, quantity: 5, left: 1 }], updatedAt: '2026-11-21T10:00:00+07:00' }),
    );
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30', 'order_spend 20', 'refund_reversal -40']);
  });

  test('given to another customer takes the points along', async () => {
    await award(event());
    await award(event({ customer: BUDI, updatedAt: '2026-11-21T09:00:00+07:00' }));
    expect([await balanceOf(club, SITI), await balanceOf(club, BUDI)]).toEqual([0n, 30n]);
    await award(event({ customer: SITI, updatedAt: '2026-11-21T10:00:00+07:00' }));
    expect([await balanceOf(club, SITI), await balanceOf(club, BUDI)]).toEqual([30n, 0n]);
  });

  test('keeps the rule it was first paid under, also after an edit of the rule', async () => {
    await award(event());
    await setRule(club, { units: 500n });
    await award(event({ id: 2 }));
    await award(event({ lines: [{ price: 100_000, quantity: 4 }], updatedAt: '2026-11-21T09:00:00+07:00' }));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30', 'order_spend 1500', 'order_spend 10']);
    await pool.query('DELETE FROM programs WHERE shop_id = $1', [club.shopId]);
    await award(refundEvent(club, { id: 5, order: 1, lines: { 1: 4 } }));
    expect(await balanceOf(club, SITI)).toBe(1_500n);
  });

  test('whose rules are missing is refused, and keeps its points', async () => {
    await award(event());
    const kept = await pool.query('DELETE FROM rule_snapshots WHERE shop_id = $1 RETURNING *', [club.shopId]);
    // A snapshot that this process has not read yet: the one it has read never changes.
    await pool.query('UPDATE orders SET snapshot_id = snapshot_id + 1000000 WHERE shop_id = $1', [
      club.shopId,
    ]);
    await expect(award(refundEvent(club, { id: 5, order: 1, lines: { 1: 1 } }))).rejects.toThrow(
      'rule snapshots missing',
    );
    expect(await balanceOf(club, SITI)).toBe(30n);
    await pool.query('UPDATE orders SET snapshot_id = snapshot_id - 1000000 WHERE shop_id = $1', [
      club.shopId,
    ]);
    const { shop_id: shopId, snapshot_id: snapshotId, hash, rules } = kept.rows[0];
    await pool.query(
      'INSERT INTO rule_snapshots (shop_id, snapshot_id, hash, rules) VALUES ($1, $2, $3, $4)',
      [shopId, snapshotId, hash, rules],
    );
  });

  test('of ids beyond 2^53 and of another shop with the same ids stay apart', async () => {
    const other = await givenClub();
    const big = { id: '820982911946154508', customer: '115310627314723954' };
    await award(event(big), orderEvent(other, order(big)));
    expect([await balanceOf(club, 115310627314723954n), await balanceOf(other, 115310627314723954n)]).toEqual(
      [30n, 30n],
    );
    await award(refundEvent(other, { id: 7, order: big.id, lines: { 1: 3 } }));
    expect(await balanceOf(club, 115310627314723954n)).toBe(30n);
    expect(await audit(other)).toEqual([]);
  });

  test('that cannot be read stops its batch and leaves nothing behind', async () => {
    const broken = event({ id: 2 });
    await expect(award(event(), { ...broken, payload: { ...order(), id: 2 } })).rejects.toThrow(
      'order.currency',
    );
    expect(await entriesOf(club, SITI)).toEqual([]);
  });
});

describe('out of order', () => {
  test('an older event never overwrites a newer state, in one batch or in two', async () => {
    const [older, newer] = [
      event({ updatedAt: '2026-11-21T09:00:00+07:00' }),
      event({ financial: 'refunded', updatedAt: '2026-11-21T10:00:00+07:00' }),
    ];
    await award(newer);
    await award(older);
    expect(await entriesOf(club, SITI)).toEqual([]);
    await award(
      event({ id: 2, financial: 'refunded', updatedAt: '2026-11-21T10:00:00+07:00' }),
      event({ id: 2, updatedAt: '2026-11-21T09:00:00+07:00' }),
    );
    expect(await entriesOf(club, SITI)).toEqual([]);
  });

  test('of two states of one second the later triggered one counts', async () => {
    const [first, second] = [event(), event({ lines: [{ price: 100_000 }] })];
    await award(second);
    await award(first);
    expect(await balanceOf(club, SITI)).toBe(10n);
  });

  test('a refund before its order', async () => {
    await award(refundEvent(club, { id: 5, order: 1, lines: { 1: 1 } }));
    await award(event());
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 20']);
  });

  test('a refund and its order in two transactions at once: the last to commit sees both', async () => {
    for (const [first, second] of [
      [refundEvent(club, { id: 5, order: 1, lines: { 1: 1 } }), event()],
      [event({ id: 2 }), refundEvent(club, { id: 6, order: 2, lines: { 1: 1 } })],
    ] as const) {
      let finish: Promise<void> | undefined;
      await withTransaction(async (tx) => {
        await awardOrders(tx, [first]);
        finish = award(second);
        // Long enough for the other to come as far as it can.
        await new Promise((resolve) => setTimeout(resolve, 200));
      });
      await finish;
    }
    expect(await balanceOf(club, SITI)).toBe(40n);
  });
});

describe('pending, expiry and debt', () => {
  afterEach(() => moveClock('0'));

  test('points wait for their day and end on theirs', async () => {
    await setRule(club, { pendingDays: 3, lifetimeDays: 10 });
    await award(event());
    expect(await walletOf(club, SITI)).toMatchObject({ balance: 30n, available: 0n, pending: 30n });
    await moveClock('4 days');
    expect(await walletOf(club, SITI)).toMatchObject({ balance: 30n, available: 30n, pending: 0n });
    await moveClock('15 days');
    expect(await walletOf(club, SITI)).toMatchObject({ balance: 30n, available: 0n });
    expect(await expireLots()).toBe(1);
    expect(await expireLots()).toBe(0);
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30', 'expire -30']);
  });

  test('a refund after the expiry ends as one before it', async () => {
    await setRule(club, { lifetimeDays: 10 });
    await award(event());
    await moveClock('400 days');
    await expireLots();
    await award(refundEvent(club, { id: 5, order: 1, lines: { 1: 1 } }));
    expect(await walletOf(club, SITI)).toMatchObject({ balance: 0n, debt: 0n });
    await award(refundEvent(club, { id: 6, order: 1, lines: { 1: 2 } }));
    expect(await walletOf(club, SITI)).toMatchObject({ balance: 0n, debt: 0n });
  });

  test.each([
    ['debt', -30n, 30n],
    ['write_off', 0n, 0n],
  ] as const)('what was spent and is taken back becomes %s', async (shortfall, balance, debt) => {
    await setClub(club, { refund_shortfall: shortfall });
    await award(event());
    await spendAll(30n);
    await award(event({ financial: 'refunded', updatedAt: '2026-11-21T10:00:00+07:00' }));
    expect(await walletOf(club, SITI)).toMatchObject({ balance, debt, available: 0n });
    await award(event({ id: 2, lines: [{ price: 100_000, quantity: 4 }] }));
    expect(await walletOf(club, SITI)).toMatchObject({
      balance: balance + 40n,
      debt: 0n,
      available: balance + 40n,
    });
  });

  test('takes from other orders only if the shop says so', async () => {
    await setClub(club, { refund_takes_from_all_lots: false });
    await award(event());
    await spendAll(30n);
    await award(event({ id: 2, lines: [{ price: 100_000 }] }));
    await award(event({ financial: 'refunded', updatedAt: '2026-11-21T10:00:00+07:00' }));
    expect(await walletOf(club, SITI)).toMatchObject({ balance: -20n, debt: 30n });
  });
});

/** Spends by the ledger's own means, as a staff deduction will. */
async function spendAll(amount: bigint): Promise<void> {
  const { openPosting, writePosting } = await import('#app/modules/ledger/post.server.ts');
  await withTransaction(async (tx) => {
    const key = { shopId: club.shopId, customerId: BigInt(SITI), unit: 'POINTS' as const };
    const plan = await openPosting(tx, [key], [key]);
    plan.spend(key, 'manual_deduct', amount, [new Date()], {
      key: 'test:deduct',
      source: 'staff',
      actor: 'test',
      effectiveAt: new Date(),
    });
    await writePosting(tx, plan);
  });
}

describe('entries', () => {
  test('cannot be changed, deleted or truncated', async () => {
    await award(event());
    await expect(pool.query('UPDATE ledger_entries SET amount = 1000000')).rejects.toThrow('append-only');
    await expect(pool.query('DELETE FROM ledger_entries')).rejects.toThrow('append-only');
    await expect(pool.query('TRUNCATE ledger_entries')).rejects.toThrow('append-only');
    await expect(pool.query('TRUNCATE ledger_entries CASCADE')).rejects.toThrow('append-only');
  });

  test('are posted once for one key, by any number of writers', async () => {
    await award(event());
    await expect(
      pool.query(
        `INSERT INTO ledger_entries (shop_id, customer_id, unit, amount, kind, source, actor, idempotency_key, input_hash, balance_after, effective_at)
      SELECT shop_id, customer_id, unit, amount, kind, source, actor, idempotency_key, input_hash, balance_after, effective_at FROM ledger_entries WHERE shop_id = $1`,
        [club.shopId],
      ),
    ).rejects.toThrow('idempotency_key');
  });
});
