import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { READ_ORDER } from '#app/integrations/shopify/operations/orders.ts';
import { toOrderPayload } from '#app/integrations/shopify/order-payload.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import type { DiscountCode, World } from '#sandbox/world.ts';
import { DEMO_SHOP, startTestSandbox, type TestSandbox, USD_SHOP } from '../../support/sandbox.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

describe('refunds', () => {
  const place = (extra: Record<string, unknown> = {}) =>
    sandbox.control('POST', '/_control/orders', {
      customer: 'budi.santoso@example.com',
      lines: [{ product: 'sandal-kulit-garut', quantity: 3 }],
      shipping: '20000',
      ...extra,
    });
  const refund = (order: unknown, wanted: Record<string, unknown>) =>
    sandbox.control('POST', '/_control/refunds', { order, ...wanted });

  test('some units: their share of the line, the units are gone, the order is partially refunded', async () => {
    const { order } = (await place()).body;
    const { status, body } = await refund(order.id, {
      lines: [{ line: order.line_items[0].id, quantity: 2 }],
    });
    expect(status).toBe(201);
    expect(body.refund).toMatchObject({
      order_id: order.id,
      order_adjustments: [],
      refund_line_items: [
        {
          quantity: 2,
          subtotal: 420000,
          subtotal_set: { shop_money: { amount: '420000.00' } },
          restock_type: 'return',
        },
      ],
      transactions: [{ kind: 'refund', status: 'success', amount: '420000.00' }],
    });
    expect(body.order).toMatchObject({
      financial_status: 'partially_refunded',
      current_subtotal_price: '210000.00',
      total_price: '650000.00',
    });
    expect(body.order.line_items[0]).toMatchObject({ quantity: 3, current_quantity: 1 });
    expect(body.order.refunds).toHaveLength(1);
  });

  test('an amount of its own has no lines and a negative adjustment', async () => {
    const { order } = (await place()).body;
    const { body } = await refund(order.id, { amount: '15000' });
    expect(body.refund).toMatchObject({
      refund_line_items: [],
      order_adjustments: [{ kind: 'refund_discrepancy', amount: '-15000.00' }],
      transactions: [{ amount: '15000.00' }],
    });
    expect(body.order.line_items[0].current_quantity).toBe(3);
  });

  test('in full: lines, shipping and nothing left', async () => {
    const { order } = (await place()).body;
    await refund(order.id, { amount: '15000' });
    const { body } = await refund(order.id, { full: true });
    expect(body.order).toMatchObject({
      financial_status: 'refunded',
      current_subtotal_price: '0.00',
      current_total_price: '0.00',
    });
    expect(body.refund.transactions[0].amount).toBe('635000.00');
    expect(body.refund.refund_shipping_lines).toMatchObject([
      { subtotal_amount_set: { shop_money: { amount: '20000.00' } }, shipping_line: { price: '20000.00' } },
    ]);
    expect(body.refund.order_adjustments).toMatchObject([{ kind: 'refund_discrepancy', amount: '15000.00' }]);
  });

  test('a reading by the Admin API says the same of refunds as the webhook', async () => {
    const { order } = (await place()).body;
    await refund(order.id, { amount: '15000' });
    await refund(order.id, { lines: [{ line: 0, quantity: 1 }] });
    const { body } = await refund(order.id, { full: true });
    const { data } = await sandbox.graphql(READ_ORDER, { id: order.admin_graphql_api_id });
    const { refunds } = decodeOrder(toOrderPayload(data.order));
    expect(refunds).toEqual(decodeOrder(body.order).refunds);
    expect(refunds).toMatchObject([
      { extraMinor: 1_500_000n, shippingMinor: 0n, movedMinor: 1_500_000n },
      { extraMinor: 0n, shippingMinor: 0n, movedMinor: 21_000_000n },
      { extraMinor: -1_500_000n, shippingMinor: 2_000_000n, movedMinor: 42_500_000n },
    ]);
  });

  test('a tip is one by the webhook and by the Admin API', async () => {
    const lines = ['Kopi', 'Tip'].map((title) => ({ title, price: '25000.00' }));
    const { order } = (await place({ lines })).body;
    expect(order.total_tip_received).toBe('25000.00');
    const { data } = await sandbox.graphql(READ_ORDER, { id: order.admin_graphql_api_id });
    for (const payload of [order, toOrderPayload(data.order)])
      expect(decodeOrder(payload).order.lines.map((line) => line.isTip)).toEqual([false, true]);
  });

  test('tax that was added on top is refunded with the units', async () => {
    const { order } = (
      await place({
        shop: USD_SHOP,
        customer: null,
        lines: [{ product: 'sumba-ikat-throw', quantity: 2 }],
        shipping: 0,
      })
    ).body;
    expect(order).toMatchObject({
      taxes_included: false,
      subtotal_price: '299.98',
      total_tax: '26.64',
      total_price: '326.62',
    });
    const { body } = await refund(order.id, { lines: [{ line: 0, quantity: 1 }] });
    expect(body.refund).toMatchObject({
      refund_line_items: [{ subtotal: 149.99, total_tax: 13.32 }],
      transactions: [{ amount: '163.31' }],
    });
  });

  test.each([
    ['of an order not paid', { paid: false }, { full: true }, 'not_paid'],
    ['of more units than there are', {}, { lines: [{ line: 0, quantity: 4 }] }, 'too_many_units'],
    ['of more money than was paid', {}, { amount: '650000.01' }, 'too_much_money'],
    ['of a line of another order', {}, { lines: [{ line: 7_000_000_000_000, quantity: 1 }] }, 'unknown_line'],
    ['of nothing', {}, {}, 'nothing_to_refund'],
  ])('%s is refused', async (_name, extra, wanted, reason) => {
    const { order } = (await place(extra)).body;
    expect(await refund(order.id, wanted)).toMatchObject({ status: 422, body: { ok: false, reason } });
  });

  test('an order paid by a discount alone has no payment, and is refunded when its goods are returned', async () => {
    sandbox.world.shop(DEMO_SHOP).discounts.push(wholeOrderFree(sandbox.world));
    const { order } = (await place({ discountCodes: ['FREE'], shipping: 0 })).body;
    expect(order).toMatchObject({ financial_status: 'paid', total_price: '0.00', payment_gateway_names: [] });
    const first = await refund(order.id, { lines: [{ line: 0, quantity: 1 }] });
    expect(first.body).toMatchObject({
      order: { financial_status: 'partially_refunded' },
      refund: { transactions: [] },
    });
    const rest = await refund(order.id, { full: true });
    expect(rest.body.order.financial_status).toBe('refunded');
  });

  test('cancelling: unpaid is voided, paid without refund keeps its money, with refund returns it', async () => {
    const cancel = async (extra: Record<string, unknown>, options: Record<string, unknown>) => {
      const { order } = (await place(extra)).body;
      return (await sandbox.control('POST', `/_control/orders/${String(order.id)}/cancel`, options)).body
        .order;
    };
    expect(await cancel({ paid: false }, {})).toMatchObject({
      financial_status: 'voided',
      cancel_reason: 'customer',
      refunds: [],
    });
    expect(await cancel({}, {})).toMatchObject({ financial_status: 'paid', refunds: [] });
    const refunded = await cancel({}, { refund: true });
    expect(refunded.cancelled_at).not.toBeNull();
    expect(refunded).toMatchObject({
      financial_status: 'refunded',
      refunds: [{ refund_line_items: [{ restock_type: 'cancel' }] }],
    });
  });
});

function wholeOrderFree(world: World): DiscountCode {
  return {
    id: world.nextId(),
    redeemCodeId: world.nextId(),
    title: 'Free',
    code: 'FREE',
    value: { kind: 'percentage', fraction: 1 },
    customerIds: null,
    minimumSubtotal: null,
    usageLimit: null,
    appliesOncePerCustomer: false,
    startsAt: '2020-01-01T00:00:00.000Z',
    endsAt: null,
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
    tags: [],
    uses: [],
    createdAt: '2020-01-01T00:00:00.000Z',
    updatedAt: '2020-01-01T00:00:00.000Z',
  };
}
