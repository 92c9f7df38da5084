/** Genuine payloads as they come, and payloads that nobody promised. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseWebhookJson } from '#app/lib/json.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { decodeRefund } from '#app/modules/orders/rules/decode-refund.ts';
import { MalformedPayload } from '#app/modules/orders/rules/malformed-payload.ts';
import { lineNetMinor } from '#app/modules/orders/rules/order-state.ts';
import { loadOrder, loadRefund, storeOrder, storeRefund } from '#app/modules/orders/rules/order-json.ts';
import { orderPayload, refundPayload } from '#test/support/orders.ts';

const fixture = (name: string) => parseWebhookJson(readFileSync(`fixtures/webhooks/${name}.json`, 'utf8'));
const WEB = 'orders_paid__real_web_2026-02_no_discount';
const DRAFT = 'orders_paid__real_draft_2025-01_code_fixed_with_customer_SUBSET';
const CANCELLED = 'orders_cancelled__shopify_docs_sample_2025';
const SPRING30 = 'order_SPRING30_with_refund__shopify_rest_docs_sample';

const netOf = (name: string) =>
  decodeOrder(fixture(name)).order.lines.reduce((sum, line) => sum + lineNetMinor(line), 0n);

describe('genuine payloads', () => {
  test('the web order of 2026: tax inside the price, one line of two', () => {
    const { order, refunds } = decodeOrder(fixture(WEB));
    expect(order).toMatchObject({
      orderId: 7024924328248n,
      customerId: 9974938960184n,
      currency: 'AUD',
      financial: 'paid',
      isTest: false,
      taxesIncluded: true,
      totalMinor: 9016n,
      shippingMinor: 0n,
      email: 'alex@example.com',
      codes: [],
      cancelledAt: null,
    });
    expect(order.processedAt.toISOString()).toBe('2026-02-04T04:25:46.000Z');
    expect(order.lines).toMatchObject([
      {
        lineId: 18158998257976n,
        title: 'Robe Hook - Gunmetal',
        quantity: 2,
        currentQuantity: 2,
        unitPriceMinor: 4508n,
        taxMinor: 820n,
        isGiftCard: false,
      },
    ]);
    expect(refunds).toEqual([]);
    expect(netOf(WEB)).toBe(9016n);
  });

  test('the draft order: its "code" is a manual discount, so nobody redeemed anything; allocations reconcile', () => {
    const { order, customer } = decodeOrder(fixture(DRAFT));
    expect(order.codes).toEqual([]);
    // 99 - 3.20 - 5.00 + 100 - 3.40 + 100 - 3.40 = 284.00, which is its subtotal_price.
    expect(netOf(DRAFT)).toBe(28400n);
    expect(order).toMatchObject({
      currency: 'HKD',
      customerId: 8658316394796n,
      isTest: false,
      taxesIncluded: false,
      shippingMinor: 2000n,
      totalMinor: 30400n,
    });
    expect(customer).toMatchObject({ customerId: 8658316394796n });
  });

  test('the cancelled documentation sample keeps its ids beyond 2^53', () => {
    const { order } = decodeOrder(fixture(CANCELLED));
    expect(order).toMatchObject({
      orderId: 820982911946154508n,
      customerId: 115310627314723954n,
      financial: 'voided',
      isTest: true,
    });
    expect(order.lines.map((line) => line.lineId)).toEqual([
      487817672276298554n,
      976318377106520349n,
      315789986012684393n,
    ]);
    expect(order.cancelledAt).not.toBeNull();
    // Its arithmetic does not add up: 89.99 + 159.99 + 119.99 = 369.97 with no allocation, yet subtotal_price says
    // 359.97 and total_discounts 20.00. Shape only.
    expect(netOf(CANCELLED)).toBe(36997n);
  });

  test('an id that JSON.parse has rounded is refused, never guessed', () => {
    const rounded = JSON.parse(readFileSync(`fixtures/webhooks/${CANCELLED}.json`, 'utf8'));
    expect(rounded.id.toString()).not.toBe('820982911946154508');
    expect(() => decodeOrder(rounded)).toThrow('order.line_items[0].product_id');
    const withGid = {
      ...orderPayload({ id: 1, lines: [] }),
      id: rounded.id,
      admin_graphql_api_id: 'gid://shopify/Order/820982911946154508',
    };
    expect(decodeOrder(withGid).order.orderId).toBe(820982911946154508n);
  });

  test('the REST sample with SPRING30: code, mixed currencies, a refund that names another order', () => {
    const { order, refunds } = decodeOrder(fixture(SPRING30));
    expect(order.orderId).toBe(450789469n);
    // discount_codes says SPRING30, discount_applications SUMMERSALE: only the application has an index to allocations.
    expect(order.codes).toEqual([{ code: 'SUMMERSALE', application: 2 }]);
    expect(order.lines[0]).toMatchObject({
      unitPriceMinor: 19999n,
      discounts: [{ amountMinor: 500n, application: 2 }],
    });
    // refunds[].order_id is 394481795128, another order of the documentation; the order that carries it counts.
    expect(refunds.map((refund) => refund.orderId)).toEqual([450789469n]);
    // Does not add up either: one line of 199.99 and total_line_items_price 398.00.
    expect(netOf(SPRING30)).toBe(19499n);
  });
});

describe('what else may come', () => {
  test("amounts are the shop's, never the buyer's", () => {
    const { order } = decodeOrder(orderPayload({ id: 1, lines: [{ price: 10 }], currency: 'USD' }));
    expect(order.lines[0]?.unitPriceMinor).toBe(1000n);
  });

  test('old payloads without money sets', () => {
    const { order } = decodeOrder({
      id: 1,
      currency: 'IDR',
      updated_at: '2020-01-01T00:00:00Z',
      created_at: '2020-01-01T00:00:00Z',
      line_items: [{ id: 2, quantity: 1, price: '5000.00' }],
    });
    expect(order.lines[0]?.unitPriceMinor).toBe(5_000_00n);
    expect(order).toMatchObject({ financial: 'pending', customerId: null, codes: [] });
  });

  test('no customer, an empty customer, unknown fields', () => {
    for (const customer of [null, undefined, {}, 'nobody']) {
      const payload = { ...orderPayload({ id: 1, lines: [] }), customer, surprise: { deep: [1] } };
      expect(decodeOrder(payload)).toMatchObject({ order: { customerId: null }, customer: null });
    }
  });

  test('codes compare without case; automatic and manual discounts are none', () => {
    const { order } = decodeOrder(
      orderPayload({
        id: 1,
        lines: [{ price: 10 }],
        discounts: [
          { takes: [1] },
          { code: 'setia-ab12', takes: [1] },
          { code: 'BY HAND', type: 'manual', takes: [1] },
        ],
      }),
    );
    expect(order.codes).toEqual([{ code: 'SETIA-AB12', application: 1 }]);
  });

  test('a removed shipping line does not count; refunds of shipping and of money stand apart', () => {
    const payload = orderPayload({ id: 1, lines: [], shipping: 10 });
    const removed = {
      ...payload,
      shipping_lines: payload.shipping_lines.map((line) => ({ ...line, is_removed: true })),
    };
    expect(decodeOrder(removed).order.shippingMinor).toBe(0n);
    expect(
      decodeRefund(refundPayload({ id: 3, order: 1, extra: 7, shipping: 5, lines: { 2: 1 } }), 'IDR'),
    ).toMatchObject({
      refundId: 3n,
      orderId: 1n,
      extraMinor: 700n,
      shippingMinor: 500n,
      lines: [{ lineId: 102n, quantity: 1 }],
    });
  });

  test('refunded shipping comes as a line of its own in newer payloads, and counts once when it comes as both', () => {
    const shippingLine = { subtotal_amount_set: { shop_money: { amount: 5, currency_code: 'IDR' } } };
    const newer = { id: 1, order_id: 2, refund_shipping_lines: [shippingLine, shippingLine] };
    expect(decodeRefund(newer, 'IDR')).toMatchObject({ shippingMinor: 1_000n, extraMinor: 0n });
    const both = { ...newer, order_adjustments: [{ kind: 'shipping_refund', amount: '-10.00' }] };
    expect(decodeRefund(both, 'IDR')).toMatchObject({ shippingMinor: 1_000n, extraMinor: 0n });
  });

  test("an amount that names its currency is read in its digits, also before the shop's own is known", () => {
    const refund = {
      id: 1,
      order_id: 2,
      order_adjustments: [{ amount_set: { shop_money: { amount: '-500', currency_code: 'JPY' } } }],
    };
    expect(decodeRefund(refund, 'USD').extraMinor).toBe(500n);
  });

  test('a refunded line is named by its line item, whose gid outlives a rounded number', () => {
    const refund = {
      id: 1,
      order_id: 2,
      refund_line_items: [
        {
          line_item_id: 9007199254740993,
          quantity: 1,
          line_item: {
            id: 9007199254740993,
            admin_graphql_api_id: 'gid://shopify/LineItem/9007199254740993',
          },
        },
      ],
    };
    expect(decodeRefund(refund, 'IDR').lines).toEqual([{ lineId: 9007199254740993n, quantity: 1 }]);
  });

  test('a refund while the currency of the shop is not known: amounts that name theirs are read, others refused', () => {
    const named = { amount: '-500', amount_set: { shop_money: { amount: '-500', currency_code: 'JPY' } } };
    const refund = (adjustment: object) => ({ id: 1, order_id: 2, order_adjustments: [adjustment] });
    expect(decodeRefund(refund(named), null).extraMinor).toBe(500n);
    expect(decodeRefund(refund({ amount: '-500' }), 'JPY').extraMinor).toBe(500n);
    expect(decodeRefund(refund({}), null).extraMinor).toBe(0n);
    const decode = () => decodeRefund(refund({ amount: '-500' }), null);
    expect(decode).toThrow(MalformedPayload);
    expect(decode).toThrow('refund.order_adjustments[0].amount');
  });

  const sound = () =>
    orderPayload({
      id: 1,
      customer: 2,
      lines: [{ price: 10 }],
      shipping: 1,
      refunds: [{ id: 3, order: 1, lines: { 1: 1 } }],
      discounts: [{ takes: [1] }],
    });
  test.each<[string, (payload: ReturnType<typeof sound>) => unknown]>([
    ['order: ', () => null],
    ['order: ', () => []],
    ['order.currency', (payload) => ({ ...payload, currency: null })],
    ['order.id', (payload) => ({ ...payload, id: undefined, admin_graphql_api_id: undefined })],
    ['order.id', (payload) => ({ ...payload, admin_graphql_api_id: 'gid://shopify/Order/x1' })],
    ['order.updated_at', (payload) => ({ ...payload, updated_at: null })],
    ['order.processed_at', (payload) => ({ ...payload, processed_at: 'yesterday' })],
    ['order.cancelled_at', (payload) => ({ ...payload, cancelled_at: 17 })],
    ['order.customer.id', (payload) => ({ ...payload, customer: { id: 'abc' } })],
    ['order.line_items:', (payload) => ({ ...payload, line_items: {} })],
    ['order.line_items[0]:', (payload) => ({ ...payload, line_items: ['shoe'] })],
    [
      'order.line_items[0].quantity',
      (payload) => ({ ...payload, line_items: [{ ...payload.line_items[0], quantity: -1 }] }),
    ],
    [
      'order.line_items[0].quantity',
      (payload) => ({ ...payload, line_items: [{ ...payload.line_items[0], quantity: '1' }] }),
    ],
    [
      'order.line_items[0].price',
      (payload) => ({
        ...payload,
        line_items: [{ ...payload.line_items[0], price_set: { shop_money: { amount: 'ten' } } }],
      }),
    ],
    [
      'order.line_items[0].discount_allocations[0].amount',
      (payload) => ({
        ...payload,
        line_items: [{ ...payload.line_items[0], discount_allocations: [{ amount: true }] }],
      }),
    ],
    [
      'order.line_items[0].tax_lines[0]',
      (payload) => ({ ...payload, line_items: [{ ...payload.line_items[0], tax_lines: [null] }] }),
    ],
    ['order.shipping_lines[0].price', (payload) => ({ ...payload, shipping_lines: [{ price: '1,0' }] })],
    [
      'refund.refund_line_items[0].line_item_id',
      (payload) => ({ ...payload, refunds: [{ id: 1, refund_line_items: [{ quantity: 1 }] }] }),
    ],
    [
      'refund.order_adjustments[0].amount',
      (payload) => ({ ...payload, refunds: [{ id: 1, order_adjustments: [{ amount: {} }] }] }),
    ],
  ])('names the field that cannot be read: %s', (field, breakIt) => {
    const decode = () => decodeOrder(breakIt(sound()));
    expect(decode).toThrow(MalformedPayload);
    expect(decode).toThrow(field);
  });

  test('a refund without its order cannot be placed', () => {
    expect(() => decodeRefund({ id: 1 }, 'IDR')).toThrow('refund.order_id');
  });

  test('what is stored is what was read', () => {
    const lines = [
      { price: 1, gift: true },
      { price: 2, tip: true },
      { price: 3, quantity: 2, left: 1, tax: 1 },
    ];
    const made = orderPayload({
      id: 1,
      lines,
      shipping: 5,
      shippingTax: 1,
      discounts: [{ code: 'A', takes: [1], shipping: 1 }],
      refunds: [{ id: 2, order: 1, lines: { 3: 1 }, extra: 1, shipping: 1 }],
    });
    for (const payload of [made, ...[WEB, DRAFT, CANCELLED, SPRING30].map(fixture)]) {
      const { order, refunds } = decodeOrder(payload);
      expect(loadOrder(order, JSON.parse(JSON.stringify(storeOrder(order))))).toEqual(order);
      for (const refund of refunds) {
        expect(
          loadRefund(
            refund.refundId,
            refund.orderId,
            refund.refundedAt,
            JSON.parse(JSON.stringify(storeRefund(refund))),
          ),
        ).toEqual(refund);
      }
    }
  });
});
