/** Money of another currency than the shop's: an order of before its currency changed (fixtures/cases/02-currency). */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { parseWebhookJson } from '#app/lib/json.ts';
import { readMetrics } from '#app/modules/crm/profile/read-metrics.server.ts';
import { readOrdersTab } from '#app/modules/crm/profile/orders-tab.server.ts';
import { readProductsTab } from '#app/modules/crm/profile/products-tab.server.ts';
import { explainOrder } from '#app/modules/earning/explain/explain-order.server.ts';
import { measure } from '#app/modules/membership/measure.server.ts';
import { readLiability } from '#app/modules/reports/liability/read-liability.server.ts';
import { listCustomers } from '#app/modules/segments/list-customers.server.ts';
import { EVERYBODY } from '#app/modules/segments/customer-filter.ts';
import { audit, award, orderEvent, setClub, walletOf, type TestClub } from '#test/support/clubs.ts';
import { refundPayload } from '#test/support/orders.ts';
import { givenShop } from '#test/support/shops.ts';

const CASE: { id: number; customer: { id: number }; line_items: { id: number }[] } = JSON.parse(
  readFileSync('fixtures/cases/02-currency/orders_paid.json', 'utf8'),
);
const BUYER = CASE.customer.id;
const EARLIER = BigInt(CASE.id);

let club: TestClub;
beforeEach(async () => {
  club = await givenShop();
  // $1 gives 1 point.
  await pool.query(
    `UPDATE programs SET rule = rule || '{"stepMinor": "100", "units": "1"}' WHERE shop_id = $1`,
    [club.shopId],
  );
});

const eventOf = (topic: string, payload: unknown) => ({
  ...orderEvent(club, { id: 1, lines: [] }),
  topic,
  payload,
});
const paid = () => eventOf('orders/paid', parseWebhookJson(JSON.stringify(CASE)));
const buys = (id: number, price: number) =>
  award(orderEvent(club, { id, customer: BUYER, currency: 'USD', lines: [{ price }] }));

async function figures() {
  const { rows } = await pool.query(
    `SELECT orders_all, orders_valid, items, total_all_minor, spend_minor, other_currency_all, other_currency_valid
     FROM customer_stats WHERE shop_id = $1 AND customer_id = $2`,
    [club.shopId, BUYER],
  );
  return rows[0];
}

describe('an order in rupiah in a shop that counts in dollars', () => {
  beforeEach(() => award(paid()));

  test('earns nothing and counts in no sum, and the order says why', async () => {
    expect((await walletOf(club, BUYER)).balance).toBe(0n);
    expect(await figures()).toMatchObject({
      orders_all: 1,
      orders_valid: 1,
      items: 1,
      total_all_minor: 0n,
      spend_minor: 0n,
      other_currency_all: 1,
      other_currency_valid: 1,
    });
    const explained = await explainOrder(club.shopId, EARLIER);
    expect(explained?.order).toMatchObject({ currency: 'IDR', totalMinor: 150_000_000n });
    expect(explained?.earning).toMatchObject({ nothingBecause: 'other_currency', outcomes: [], offers: [] });
    expect(await audit(club)).toEqual([]);
  });

  test('leaves the sums of later orders alone, wherever they are shown', async () => {
    await buys(1, 50);
    await buys(2, 30);
    const customerId = BigInt(BUYER);
    expect((await walletOf(club, BUYER)).balance).toBe(80n);
    expect(await figures()).toMatchObject({ orders_valid: 3, total_all_minor: 8_000n, spend_minor: 8_000n });
    expect(await readMetrics(club.shopId, customerId)).toMatchObject({
      orders: { valid: 3, all: 3 },
      otherCurrency: { valid: 1, all: 1 },
      spendMinor: { valid: 8_000n, all: 8_000n },
      averageOrderMinor: { valid: 4_000n, all: 4_000n },
    });
    expect((await measure(pool, club.shopId, [customerId], 'spend', null)).get(customerId)).toBe(8_000n);
    const { customers } = await listCustomers(club.shopId, EVERYBODY);
    expect(customers).toMatchObject([{ customerId, orders: 3, spendMinor: 8_000n }]);
    expect((await readProductsTab(club.shopId, customerId, 'amount'))?.totals).toMatchObject({
      quantity: 3,
      amountMinor: 8_000n,
    });
    const tab = await readOrdersTab(club.shopId, customerId, null);
    expect(tab?.sums).toMatchObject({
      ordersAll: 3,
      otherCurrencyAll: 1,
      totalAllMinor: 8_000n,
      spendMinor: 8_000n,
    });
    expect(tab?.orders.find(({ orderId }) => orderId === EARLIER)).toMatchObject({
      currency: 'IDR',
      totalMinor: 150_000_000n,
      netMinor: 0n,
    });
    expect(await audit(club)).toEqual([]);
  });

  test('can be refunded, cancelled and paid again without a point moving', async () => {
    await buys(1, 50);
    const line = CASE.line_items[0]!.id;
    const refund = {
      ...refundPayload({ id: 5, order: CASE.id }, 'IDR'),
      refund_line_items: [{ line_item_id: line, quantity: 1 }],
      transactions: [{ kind: 'refund', status: 'success', amount: '1500000.00', currency: 'IDR' }],
    };
    await award(eventOf('refunds/create', refund));
    await award(eventOf('orders/cancelled', { ...CASE, cancelled_at: '2026-11-28T16:00:00Z' }));
    await award(paid());
    expect((await walletOf(club, BUYER)).balance).toBe(50n);
    expect(await figures()).toMatchObject({ spend_minor: 5_000n, total_all_minor: 5_000n });
    expect(await audit(club)).toEqual([]);
  });

  test('earns no offer, though it is above every minimum', async () => {
    await setClub(club, { offers_active: true });
    await pool.query(
      `WITH g AS (INSERT INTO offer_groups (shop_id, name, position) VALUES ($1, 'Big', 1) RETURNING group_id)
       INSERT INTO offers (shop_id, group_id, name, unit, minimum_minor, percent_bp, from_days, status)
       SELECT $1, group_id, '10 %', 'CREDIT', 10000, 1000, 0, 'active' FROM g`,
      [club.shopId],
    );
    await award(eventOf('orders/paid', { ...CASE, id: 77, admin_graphql_api_id: 'gid://shopify/Order/77' }));
    expect((await walletOf(club, BUYER, 'CREDIT')).balance).toBe(0n);
    await buys(1, 200);
    expect((await walletOf(club, BUYER, 'CREDIT')).balance).toBe(2_000n);
  });
});

test('a refund that comes alone is read in its own currency, whatever the shop counts in', async () => {
  // Yen have no decimals: read as dollars, 500 would become 50,000.
  const refund = refundPayload({ id: 9, order: 31, extra: 500 }, 'JPY');
  await award(eventOf('refunds/create', refund));
  const { rows } = await pool.query(`SELECT state FROM order_refunds WHERE shop_id = $1`, [club.shopId]);
  expect(rows).toEqual([{ state: expect.objectContaining({ extra: '500' }) }]);
});

test('what it owes is not touched by money of another currency', async () => {
  await buys(1, 50);
  const before = await readLiability({ ...club, timeZone: 'UTC' });
  await award(paid());
  expect(await readLiability({ ...club, timeZone: 'UTC' })).toEqual(before);
});
