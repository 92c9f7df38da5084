/** What a refund leaves does not depend on when the order was seen: the same balance, lots and terms. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { expireLots } from '#app/modules/ledger/expiry/expire-lots.server.ts';
import { storeRule } from '#app/modules/earning/rules/rules-json.ts';
import { audit, award, givenClub, moveClock, setClub, type TestClub } from '#test/support/clubs.ts';
import { orderPayload, refundPayload, type OrderSpec } from '#test/support/orders.ts';
import { spendRule } from '#test/support/rules.ts';

const SITI = 9;
const ORDER = 4711;
const DAY_MS = 86_400_000;
/** Far enough from midnight in Jakarta that the tests hold at every hour. */
const PAID_AT = Math.floor(Date.now() / DAY_MS) * DAY_MS - 6 * 3_600_000;

let club: TestClub;
beforeEach(async () => {
  club = await givenClub();
});
afterEach(async () => {
  await moveClock('0');
  expect(await audit(club)).toEqual([]);
});

const onDay = (days: number) => new Date(PAID_AT + days * DAY_MS);

/** The order after `back` units came back on a day. */
function stateOf(order: OrderSpec, back: number, day: number): OrderSpec {
  const refund = { id: 1, order: ORDER, lines: { 1: back }, at: onDay(day).toISOString() };
  return {
    ...order,
    updatedAt: onDay(day).toISOString(),
    financial: 'partially_refunded',
    refunds: [refund],
  };
}

async function see(order: OrderSpec, day: number, topic = 'orders/updated'): Promise<void> {
  await award({ shopId: club.shopId, topic, triggeredAt: onDay(day), payload: orderPayload(order) });
}

/** Moves to a day after the payment and lets the night's work run. */
async function wait(days: number): Promise<void> {
  await moveClock(`${(onDay(days).getTime() - Date.now()) / 1_000} seconds`);
  await expireLots();
}

/** What is left: units, how many days it counts from the payment, or "never". */
async function lots(): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT unit || ' ' || sum(remaining) || coalesce(' until day ' || ((expires_at - interval '1 second') AT TIME ZONE 'Asia/Jakarta')::date
       - ($2::timestamptz AT TIME ZONE 'Asia/Jakarta')::date, ' for ever') || ' from day ' || extract(epoch FROM valid_from - $2) / 86400 AS line
     FROM ledger_lots WHERE shop_id = $1 AND remaining > 0 GROUP BY unit, valid_from, expires_at ORDER BY 1`,
    [club.shopId, onDay(0)],
  );
  return rows.map((row) => row.line.replace(/\.0+$/, ''));
}

async function balance(): Promise<bigint> {
  const { rows } = await pool.query<{ balance: bigint }>(
    'SELECT coalesce(sum(balance), 0)::bigint AS balance FROM ledger_accounts WHERE shop_id = $1',
    [club.shopId],
  );
  return rows[0]!.balance;
}

const ways: Record<string, (order: OrderSpec, back: number) => Promise<void>> = {
  'step by step, the refund on day 0': async (order, back) => {
    await see(order, 0, 'orders/paid');
    await award({
      shopId: club.shopId,
      topic: 'refunds/create',
      triggeredAt: onDay(0),
      payload: refundPayload(stateOf(order, back, 0).refunds![0]!),
    });
    await see(stateOf(order, back, 0), 0);
    await wait(8);
  },
  'step by step, the refund on day 8': async (order, back) => {
    await see(order, 0, 'orders/paid');
    await wait(8);
    await see(stateOf(order, back, 8), 8);
  },
};

/** As `see`, read from the Admin API, which lists the payments. */
async function read(order: OrderSpec, day: number): Promise<void> {
  const total = order.lines.reduce((sum, { price, quantity = 1 }) => sum + price * quantity, 0);
  const amount_set = { shop_money: { amount: String(total) } };
  const transactions = [
    { kind: 'sale', status: 'success', processed_at: onDay(0).toISOString(), amount_set },
  ];
  const payload = { ...orderPayload(order), transactions };
  await award({
    shopId: club.shopId,
    topic: 'orders/updated',
    triggeredAt: onDay(day),
    isReading: true,
    payload,
  });
}

async function refreshes(): Promise<number> {
  const { rowCount } = await pool.query('SELECT FROM order_refreshes WHERE shop_id = $1', [club.shopId]);
  return rowCount ?? 0;
}

const lateWays: typeof ways = {
  'only at its end, by reconciliation': async (order, back) => {
    await wait(8);
    await read(stateOf(order, back, 8), 9);
    expect(await refreshes()).toBe(0);
  },
  'only at its end, by a webhook after which Shopify is asked when it was paid': async (order, back) => {
    await wait(8);
    await see(stateOf(order, back, 8), 8);
    expect(await refreshes()).toBe(1);
    await read(stateOf(order, back, 8), 9);
  },
  'the last webhook first': async (order, back) => {
    await wait(8);
    await see(stateOf(order, back, 8), 8);
    await see(order, 0, 'orders/paid');
    await see(stateOf(order, back, 8), 8);
  },
  'seen unpaid, and then by reconciliation': async (order, back) => {
    await see({ ...order, updatedAt: order.processedAt!, financial: 'pending' }, -1);
    await read(stateOf(order, back, 2), 2);
    await wait(8);
  },
};

describe.each(Object.entries({ ...ways, ...lateWays }))('%s', (_name, happen) => {
  test('an offer of the group that counts instead gives with its own terms', async () => {
    await pool.query(`UPDATE programs SET status = 'paused' WHERE shop_id = $1`, [club.shopId]);
    await setClub(club, { offers_active: true });
    await pool.query(
      `WITH g AS (INSERT INTO offer_groups (shop_id, name) VALUES ($1, 'Large orders') RETURNING group_id)
       INSERT INTO offers (shop_id, group_id, name, unit, minimum_minor, percent_bp, from_days, until_days)
       SELECT $1, group_id, n.* FROM g, (VALUES ('1 %', 'CREDIT', 1000000 * 100::bigint, 100, 0, null::int), ('3 %', 'CREDIT', 5000000 * 100::bigint, 300, 0, 5)) AS n`,
      [club.shopId],
    );
    await happen(orderOf(2_000_000, 3), 2);
    await expireLots();
    expect(await balance()).toBe(20_000_00n);
    expect(await lots()).toEqual(['CREDIT 2000000 for ever from day 0']);
  });

  test('each of two programs takes back what it gave itself', async () => {
    await pool.query(
      `INSERT INTO programs (shop_id, name, kind, unit, rule) VALUES ($1, 'Five days', 'spend', 'POINTS', $2)`,
      [club.shopId, JSON.stringify(storeRule(spendRule({ lifetimeDays: 5 })))],
    );
    await happen(orderOf(100_000, 2), 1);
    await expireLots();
    expect(await balance()).toBe(10n);
    expect(await lots()).toEqual(['POINTS 10 for ever from day 0']);
  });
});

/** Made a day before it is paid, as with a bank transfer. */
function orderOf(price: number, quantity: number): OrderSpec {
  const [processedAt, updatedAt] = [onDay(-1).toISOString(), onDay(0).toISOString()];
  return { id: ORDER, customer: SITI, lines: [{ price, quantity }], processedAt, updatedAt };
}
