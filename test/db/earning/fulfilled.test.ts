/** Earning by what was handed over (C1), by edits and of orders from other channels, on a real database. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import {
  audit,
  award,
  balanceOf,
  entriesOf,
  givenClub,
  orderEvent,
  refundEvent,
  setRule,
  walletOf,
  type TestClub,
} from '#test/support/clubs.ts';
import type { OrderSpec } from '#test/support/orders.ts';
import { seededRandom } from '#test/support/random.ts';

const SITI = 9;

let club: TestClub;
beforeEach(async () => {
  club = await givenClub({ rule: { earnAt: 'fulfilled' } });
});
afterEach(async () => {
  expect(await audit(club)).toEqual([]);
});

const at = (hour: number) => `2026-11-20T${hour}:00:00+07:00`;
/** Four items of 100,000 and what was fulfilled of them so far: how many at which hour. */
const event = (
  hour: number,
  fulfilled: Record<number, number>,
  change: Partial<OrderSpec> = {},
  topic = 'orders/updated',
) =>
  orderEvent(
    club,
    {
      id: 1,
      customer: SITI,
      lines: [{ price: 100_000, quantity: 4 }],
      fulfillments: Object.entries(fulfilled).map(([hours, quantity]) => ({
        at: at(Number(hours)),
        lines: { 1: quantity },
      })),
      updatedAt: at(hour),
      ...change,
    },
    topic,
  );

describe('by what was handed over', () => {
  test('a part earns its part, the rest the rest', async () => {
    await award(event(10, {}, {}, 'orders/paid'));
    expect(await entriesOf(club, SITI)).toEqual([]);
    await award(event(11, { 11: 3 }, {}, 'orders/partially_fulfilled'));
    await award(event(12, { 11: 3, 12: 1 }, {}, 'orders/fulfilled'), event(12, { 11: 3, 12: 1 }));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30', 'order_spend 10']);
  });

  test('each fulfillment has its own pending days and its own end, however late it is seen', async () => {
    await setRule(club, { earnAt: 'fulfilled', pendingDays: 2, lifetimeDays: 10 });
    const day = (number: number) => `2026-11-${number}T10:00:00+07:00`;
    const fulfillments = [
      { at: day(11), lines: { 1: 1 } },
      { at: day(14), lines: { 1: 2 } },
      { at: day(19), lines: { 1: 1 } },
    ];
    const state = (count: number, change: Partial<OrderSpec> = {}) =>
      event(
        10,
        {},
        { processedAt: day(12), updatedAt: day(12), fulfillments: fulfillments.slice(0, count), ...change },
      );
    const lots = async () => {
      const { rows } = await pool.query<{ line: string }>(
        `SELECT sum(remaining) || ' from ' || to_char(valid_from AT TIME ZONE 'Asia/Jakarta', 'DD HH24') || ' until ' ||
           to_char(expires_at AT TIME ZONE 'Asia/Jakarta', 'DD HH24') AS line
         FROM ledger_lots WHERE shop_id = $1 AND remaining > 0 GROUP BY valid_from, expires_at ORDER BY valid_from`,
        [club.shopId],
      );
      return rows.map(({ line }) => line);
    };
    // The first was fulfilled before the payment, so it counts from there.
    const all = ['10 from 14 10 until 25 00', '20 from 16 10 until 27 00', '10 from 21 10 until 02 00'];
    await award(state(1, {}), state(1, {}));
    expect(await lots()).toEqual(all.slice(0, 1));
    await award(state(3, { updatedAt: day(19) }));
    expect(await lots()).toEqual(all);
    const back = { id: 5, order: 1, lines: { 1: 2 } };
    await award(refundEvent(club, back));
    const left = ['10 from 14 10 until 25 00', '10 from 16 10 until 27 00'];
    expect(await lots()).toEqual(left);

    club = await givenClub({ rule: { earnAt: 'fulfilled', pendingDays: 2, lifetimeDays: 10 } });
    await award(
      { ...state(3, { updatedAt: day(20), refunds: [back] }), shopId: club.shopId },
      { ...state(1), shopId: club.shopId },
    );
    expect(await lots()).toEqual(left);
  });

  test('what is handed over before it is paid earns when it is paid (cash on delivery)', async () => {
    await award(event(10, { 10: 4 }, { financial: 'pending' }, 'orders/fulfilled'));
    expect(await balanceOf(club, SITI)).toBe(0n);
    await award(event(11, { 10: 4 }, {}, 'orders/paid'));
    expect(await balanceOf(club, SITI)).toBe(40n);
  });

  test('a refund takes back pieces that were handed over, and none that were not', async () => {
    await award(event(10, { 10: 2 }));
    await award(refundEvent(club, { id: 5, order: 1, lines: { 1: 2 } }));
    expect(await balanceOf(club, SITI)).toBe(20n);
    await award(refundEvent(club, { id: 6, order: 1, lines: { 1: 1 } }));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 20', 'refund_reversal -10']);
  });

  test('events in any order, doubled, end the same', async () => {
    const chance = seededRandom('hand-overs');
    const story = () => [
      event(10, {}, {}, 'orders/paid'),
      event(11, { 11: 1 }, {}, 'orders/partially_fulfilled'),
      event(12, { 11: 1, 12: 2 }, {}, 'orders/partially_fulfilled'),
      event(13, { 11: 1, 12: 2, 13: 1 }, {}, 'orders/fulfilled'),
      refundEvent(club, { id: 5, order: 1, lines: { 1: 1 } }),
      event(
        14,
        { 11: 1, 12: 2, 13: 1 },
        {
          lines: [{ price: 100_000, quantity: 4, left: 3 }],
          refunds: [{ id: 5, order: 1, lines: { 1: 1 } }],
          financial: 'partially_refunded',
        },
      ),
    ];
    for (let round = 0; round < 4; round++) {
      club = await givenClub({ rule: { earnAt: 'fulfilled' } });
      const events = story();
      for (const one of chance.shuffle([...events, ...events])) await award(one);
      expect(await balanceOf(club, SITI)).toBe(30n);
      expect(await audit(club)).toEqual([]);
    }
  });
});

test('an edit adds a line, more of one and less of another', async () => {
  club = await givenClub();
  await award(event(10, {}));
  await award(
    event(
      11,
      {},
      {
        lines: [
          { price: 100_000, quantity: 4, left: 1 },
          { price: 50_000, quantity: 4 },
        ],
      },
    ),
  );
  expect(await entriesOf(club, SITI)).toEqual(['order_spend 40', 'refund_reversal -10']);
});

test("a draft order's manual discount is a discount, and no code", async () => {
  club = await givenClub();
  await award(
    event(
      10,
      {},
      {
        source: 'shopify_draft_order',
        discounts: [{ type: 'manual', code: 'SETIA-X', takes: [150_000] }],
      },
    ),
  );
  expect(await balanceOf(club, SITI)).toBe(20n);
});

describe('an order that is deleted', () => {
  const deleted = (id: number, hour: number) => ({
    shopId: club.shopId,
    topic: 'orders/delete',
    triggeredAt: new Date(at(hour)),
    payload: { id },
  });
  const REDEMPTION = '00000000-0000-4000-8000-000000000009';

  test('unpaid frees what its code held, also when older news comes later', async () => {
    club = await givenClub();
    await award(event(10, {}, { id: 2 }));
    await pool.query(
      `INSERT INTO redemptions (shop_id, redemption_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code, state, expires_at)
       VALUES ($1, $2, $3, 'key', '', 'POINTS', 10, 1000000, 'IDR', 'SETIA-DEL', 'issued', ledger_now() + interval '2 hours')`,
      [club.shopId, REDEMPTION, SITI],
    );
    await pool.query(
      `INSERT INTO ledger_holds (shop_id, redemption_id, customer_id, unit, amount) VALUES ($1, $2, $3, 'POINTS', 10)`,
      [club.shopId, REDEMPTION, SITI],
    );
    await pool.query(`UPDATE ledger_accounts SET held = 10 WHERE shop_id = $1`, [club.shopId]);
    const open = event(11, {}, { financial: 'pending', discounts: [{ code: 'SETIA-DEL', takes: [10_000] }] });
    await award(open);
    expect(await walletOf(club, SITI)).toMatchObject({ held: 10n });
    await award(deleted(1, 12));
    await award(open, deleted(1, 12));
    expect(await walletOf(club, SITI)).toMatchObject({ held: 0n, available: 40n });
  });

  test('gives back what it earned; an unknown one does nothing', async () => {
    club = await givenClub();
    await award(event(10, {}));
    await award(deleted(1, 12), deleted(77, 12));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 40', 'cancel_reversal -40']);
  });
});
