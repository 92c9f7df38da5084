/**
 * Genuine payloads (fixtures/webhooks/SOURCES.md) through the real endpoint, inbox, worker and ledger. Each expected figure
 * is worked out from the payload by hand, in the comment above it.
 */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { explainOrder } from '#app/modules/earning/explain/explain-order.server.ts';
import { type SpendRule } from '#app/modules/earning/rules/program.ts';
import { storeRule } from '#app/modules/earning/rules/rules-json.ts';
import { webhookDoor } from '#app/modules/inbox/webhook-door.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { audit, entriesOf, type TestClub, walletOf } from '#test/support/clubs.ts';
import { spendRule } from '#test/support/rules.ts';
import { givenShop } from '#test/support/shops.ts';
import { sendWebhook } from '#test/support/webhooks.ts';

const server = http.createServer(webhookDoor);
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => pool.query('DELETE FROM webhook_events'));

const WEB = 'orders_paid__real_web_2026-02_no_discount';
const DRAFT = 'orders_paid__real_draft_2025-01_code_fixed_with_customer_SUBSET';
const CANCELLED = 'orders_cancelled__shopify_docs_sample_2025';
const SPRING30 = 'order_SPRING30_with_refund__shopify_rest_docs_sample';
const fixture = (name: string) => readFileSync(`fixtures/webhooks/${name}.json`, 'utf8');

/** A club where each 1.00 of the eligible base is worth a point, so that every unit of a sum shows. */
async function givenClub(currency: string, rule: Partial<SpendRule> = {}): Promise<TestClub> {
  const club = await givenShop({ currency, timeZone: 'Australia/Sydney' });
  const stored = storeRule(spendRule({ stepMinor: 100n, units: 1n, ...rule }));
  await pool.query('UPDATE programs SET rule = $2 WHERE shop_id = $1', [club.shopId, JSON.stringify(stored)]);
  return club;
}

/** Sends a body as Shopify would and processes it; fails the test unless it was accepted and processed. */
async function deliver({ domain }: TestClub, topic: string, body: string): Promise<void> {
  expect(await sendWebhook(origin, { topic, body, shop: domain })).toBe(200);
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
}

describe('the web order of February 2026', () => {
  const ALEX = 9974938960184;

  test('earns on its price without the tax that it includes', async () => {
    const club = await givenClub('AUD');
    await deliver(club, 'orders/paid', fixture(WEB));
    // 2 x 45.08 = 90.16, no discount, tax included 8.20, shipping 0.00: 90.16 - 8.20 = 81.96 -> 81 points.
    expect(await entriesOf(club, ALEX)).toEqual(['order_spend 81']);
    expect(await audit(club)).toEqual([]);
  });

  test('earns on all of it where tax counts', async () => {
    const club = await givenClub('AUD', { includeTax: true });
    await deliver(club, 'orders/paid', fixture(WEB));
    // 90.16 -> 90 points.
    expect((await walletOf(club, ALEX)).balance).toBe(90n);
  });

  test('by a coarse rule (F59): each full 40.00 gives 10', async () => {
    const club = await givenClub('AUD', { stepMinor: 40_00n, units: 10n });
    await deliver(club, 'orders/paid', fixture(WEB));
    // 81.96 holds two full steps of 40.00: 20 points.
    expect((await walletOf(club, ALEX)).balance).toBe(20n);
  });

  test('sent 50 times at once earns once', async () => {
    const club = await givenClub('AUD');
    const statuses = await Promise.all(
      Array.from({ length: 50 }, () =>
        sendWebhook(origin, { topic: 'orders/paid', body: fixture(WEB), shop: club.domain }),
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await processInbox()).toEqual({ done: 50, failed: 0 });
    expect(await entriesOf(club, ALEX)).toEqual(['order_spend 81']);
  });

  test('a refund of one of its two units, before the order and after it', async () => {
    const refund = JSON.stringify({
      id: 1,
      order_id: 7024924328248,
      created_at: '2026-02-05T00:00:00Z',
      refund_line_items: [{ line_item_id: 18158998257976, quantity: 1 }],
    });
    for (const isBefore of [true, false]) {
      const club = await givenClub('AUD');
      if (isBefore) await deliver(club, 'refunds/create', refund);
      await deliver(club, 'orders/paid', fixture(WEB));
      if (!isBefore) await deliver(club, 'refunds/create', refund);
      // Half of 81.96 is 40.98 -> 40 points.
      expect((await walletOf(club, ALEX)).balance).toBe(40n);
      expect(await audit(club)).toEqual([]);
    }
  });

  test('is explained line by line', async () => {
    const club = await givenClub('AUD');
    await deliver(club, 'orders/paid', fixture(WEB));
    const explained = await explainOrder(club.shopId, 7024924328248n);
    expect(explained).toMatchObject({
      isSnapshot: true,
      earning: {
        nothingBecause: null,
        outcomes: [
          {
            steps: 81n,
            base: { totalMinor: 8196n, lines: [{ quantity: 2, grossMinor: 9016n, eligibleMinor: 8196n }] },
          },
        ],
      },
    });
  });

  test('with a code typed at checkout and unknown fields still reads: the shape of the documentation, the order of life', async () => {
    const club = await givenClub('AUD', { includeTax: true });
    const order = JSON.parse(fixture(WEB));
    const money = (amount: string) => ({
      shop_money: { amount, currency_code: 'AUD' },
      presentment_money: { amount: '99999.00', currency_code: 'JPY' },
    });
    order.discount_applications = [
      {
        type: 'discount_code',
        code: 'TENOFF',
        value: '10.0',
        value_type: 'fixed_amount',
        target_type: 'line_item',
        allocation_method: 'across',
        target_selection: 'all',
      },
    ];
    order.discount_codes = [{ code: 'TENOFF', amount: '10.00', type: 'fixed_amount' }];
    order.line_items[0].discount_allocations = [
      { amount: '10.00', amount_set: money('10.00'), discount_application_index: 0 },
    ];
    order.presentment_currency = 'JPY';
    order.a_field_of_2027 = { nested: [{ deeper: true }] };
    await deliver(club, 'orders/paid', JSON.stringify(order));
    // 90.16 - 10.00 = 80.16 -> 80 points; the buyer's yen do not count.
    expect((await walletOf(club, ALEX)).balance).toBe(80n);
  });

  test('without a customer waits, and earns when the customer is known', async () => {
    const club = await givenClub('AUD');
    const order = JSON.parse(fixture(WEB));
    await deliver(club, 'orders/paid', JSON.stringify({ ...order, customer: null }));
    expect((await walletOf(club, ALEX)).balance).toBe(0n);
    await deliver(
      club,
      'orders/updated',
      JSON.stringify({ ...order, updated_at: '2026-02-05T00:00:00+11:00' }),
    );
    expect((await walletOf(club, ALEX)).balance).toBe(81n);
  });
});

describe('the draft order of January 2025', () => {
  const SAM = 8658316394796;

  test('earns on its lines less the fixed and the automatic discount', async () => {
    const club = await givenClub('HKD');
    await deliver(club, 'orders/paid', fixture(DRAFT));
    // (99.00 - 3.20 - 5.00) + (100.00 - 3.40) + (100.00 - 3.40) = 90.80 + 96.60 + 96.60 = 284.00, its subtotal_price;
    // shipping 20.00 does not count -> 284 points.
    expect(await entriesOf(club, SAM)).toEqual(['order_spend 284']);
    expect(await audit(club)).toEqual([]);
  });

  test('earns on shipping too where shipping counts', async () => {
    const club = await givenClub('HKD', { includeShipping: true });
    await deliver(club, 'orders/paid', fixture(DRAFT));
    // 284.00 + 20.00 = 304.00, its total_price -> 304 points.
    expect((await walletOf(club, SAM)).balance).toBe(304n);
  });

  test('its "code" 0124C is a manual discount: a redemption of that name is not touched', async () => {
    const club = await givenClub('HKD');
    await pool.query(
      `INSERT INTO redemptions (shop_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code, state, expires_at)
       VALUES ($1, $2, 'k', '', 'POINTS', 10, 1000, 'HKD', '0124C', 'released', now())`,
      [club.shopId, SAM],
    );
    await deliver(club, 'orders/paid', fixture(DRAFT));
    const { rows } = await pool.query('SELECT state, order_id FROM redemptions WHERE shop_id = $1', [
      club.shopId,
    ]);
    expect(rows).toEqual([{ state: 'released', order_id: null }]);
  });
});

describe('documentation samples: their shape counts, not their sums', () => {
  const JOHN = 115310627314723954n;

  test('the cancelled order keeps its ids beyond 2^53 and earns nothing', async () => {
    const club = await givenClub('USD');
    await deliver(club, 'orders/cancelled', fixture(CANCELLED));
    const { rows } = await pool.query(
      'SELECT order_id, customer_id, financial, is_test FROM orders WHERE shop_id = $1',
      [club.shopId],
    );
    expect(rows).toEqual([
      { order_id: 820982911946154508n, customer_id: JOHN, financial: 'voided', is_test: true },
    ]);
    expect(await entriesOf(club, JOHN)).toEqual([]);
  });

  test('the same order, had it been paid and real, and then cancelled', async () => {
    const club = await givenClub('USD');
    // As text: a round trip through JSON.parse would round its ids.
    const paid = fixture(CANCELLED)
      .replace('"voided"', '"paid"')
      .replace(/"cancelled_at": ?"[^"]*"/, '"cancelled_at":null')
      .replace(/"test": ?true/, '"test":false');
    await deliver(club, 'orders/paid', paid);
    // 89.99 + 159.99 + 119.99 = 369.97 -> 369 points. The sample's subtotal_price says 359.97 and its total_discounts
    // 20.00, but no line has an allocation: the three figures cannot all be true.
    expect((await walletOf(club, JOHN)).balance).toBe(369n);
    const later = fixture(CANCELLED)
      .replace(/"updated_at": ?"2021-12-31T19:00:00-05:00"/g, '"updated_at":"2021-12-31T20:00:00-05:00"')
      .replace(/"test": ?true/, '"test":false');
    await deliver(club, 'orders/cancelled', later);
    expect(await entriesOf(club, JOHN)).toEqual(['order_spend 369', 'cancel_reversal -369']);
    // 369.97 and 10.00 of shipping.
    expect(await audit(club)).toEqual([
      "an order's total covers its lines and shipping: order 820982911946154508 is 35997 in all, should be at least 37997",
    ]);
  });

  test('SPRING30, a test order that is only authorized, earns nothing', async () => {
    const club = await givenClub('USD');
    await deliver(club, 'orders/updated', fixture(SPRING30));
    expect(await entriesOf(club, 207119551)).toEqual([]);
  });

  test("SPRING30, had it been paid and real: one line less its allocation, in the shop's money", async () => {
    const club = await givenClub('USD');
    const order = { ...JSON.parse(fixture(SPRING30)), test: false, financial_status: 'partially_refunded' };
    await deliver(club, 'orders/updated', JSON.stringify(order));
    // 199.99 - 5.00 = 194.99 -> 194 points. Its refund has neither lines nor adjustments, so nothing goes back. The sums
    // do not add up: one line of 199.99 beside total_line_items_price 398.00, and discount_codes says SPRING30 (30.00)
    // where discount_applications says SUMMERSALE (10.0) and the allocation 5.00.
    expect((await walletOf(club, 207119551)).balance).toBe(194n);
    // The line, its tax and the shipping are more than the total.
    expect(await audit(club)).toEqual([
      "an order's total covers its lines and shipping: order 450789469 is 16486 in all, should be at least 22480",
    ]);
  });
});
