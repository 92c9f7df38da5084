import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOrder, refundOrder } from '#sandbox/shopify/orders.ts';
import { orderPayload } from '#sandbox/shopify/payloads/order.ts';
import { refundPayload } from '#sandbox/shopify/payloads/refund.ts';
import { splitInProportion } from '#sandbox/shopify/pricing.ts';
import { type DiscountCode, World } from '#sandbox/world.ts';
import { DEMO_SHOP, startTestSandbox, type TestSandbox, USD_SHOP } from '../support/sandbox.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/webhooks/${name}`, import.meta.url), 'utf8'));
const WEB_ORDER = fixture('orders_paid__real_web_2026-02_no_discount.json');

/** `a.b[].c` for every value of a payload: its shape without its content. Empty lists and nulls end a path. */
function shape(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => shape(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => shape(inner, `${path}.${key}`));
}
/** Shop money in minor units. */
const minor = (decimal: string) => Math.round(Number(decimal) * 100);
const setOf = (set: any) => minor(set.shop_money.amount);

describe('beside the genuine web order of 2026-02', () => {
  test('an order of the sandbox has the same keys all the way down', async () => {
    const { body } = await sandbox.control('POST', '/_control/orders', {
      shop: USD_SHOP,
      customer: 'putri.hartono@example.com',
      lines: [{ product: 'rattan-tote', quantity: 2 }],
    });
    expect(Object.keys(body.order).sort()).toEqual(Object.keys(WEB_ORDER).sort());
    const ours = new Set(shape(body.order));
    // A tax line per shipping line: shipping is untaxed here.
    const missing = shape(WEB_ORDER).filter(
      (path) => !ours.has(path) && !path.startsWith('.shipping_lines[].tax_lines'),
    );
    expect(missing).toEqual([]);
    const genuine = new Set(shape(WEB_ORDER));
    expect([...ours].filter((path) => !genuine.has(path) && !path.endsWith('tax_lines[]'))).toEqual([]);
  });

  test('amounts are text, ids are numbers, times are local with an offset', async () => {
    const { body } = await sandbox.control('POST', '/_control/orders', {
      customer: null,
      lines: [{ product: 'teh-melati-premium' }],
    });
    expect(body.order).toMatchObject({ customer: null, total_price: '45000.00', currency: 'IDR' });
    expect(body.order.id).toBeTypeOf('number');
    expect(body.order.admin_graphql_api_id).toBe(`gid://shopify/Order/${body.order.id}`);
    expect(body.order.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
  });

  test('a customer has the fields of 2025-01 and later, and none that were taken out', async () => {
    const { body } = await sandbox.control('POST', '/_control/customers', {
      firstName: 'Ayu',
      email: 'ayu@example.com',
    });
    expect(Object.keys({ ...body.customer, default_address: null }).sort()).toEqual(
      Object.keys(fixture('customers_update__2025-01plus_fields_DERIVED.json')).sort(),
    );
  });
});

/** A world with codes of the given values, all of which combine. */
function worldWithCodes(values: DiscountCode['value'][]): { world: World; codes: string[] } {
  const world = new World();
  const codes = values.map((value, index) => {
    const code = `CODE-${index}`;
    world.shop(DEMO_SHOP).discounts.push({
      id: world.nextId(),
      redeemCodeId: world.nextId(),
      title: code,
      code,
      value,
      customerIds: null,
      minimumSubtotal: null,
      usageLimit: null,
      appliesOncePerCustomer: false,
      startsAt: '2020-01-01T00:00:00.000Z',
      endsAt: null,
      combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true },
      tags: [],
      uses: [],
      createdAt: '2020-01-01T00:00:00.000Z',
      updatedAt: '2020-01-01T00:00:00.000Z',
    });
    return code;
  });
  return { world, codes };
}

const anyLine = fc.record({
  price: fc.integer({ min: 0, max: 150_000_000 }),
  quantity: fc.integer({ min: 1, max: 9 }),
});
const anyValue: fc.Arbitrary<DiscountCode['value']> = fc.oneof(
  fc.record({ kind: fc.constant('fixed_amount' as const), amount: fc.integer({ min: 1, max: 500_000_000 }) }),
  fc.record({ kind: fc.constant('percentage' as const), fraction: fc.constantFrom(0.05, 0.1, 0.333, 1) }),
);

describe('the sums of a real order hold for every cart', () => {
  test('Σ(price x quantity) - Σ allocations = subtotal_price and Σ allocations = total_discounts', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 8 }),
        fc.array(anyValue, { maxLength: 3 }),
        fc.nat(5_000_000),
        (lines, values, shipping) => {
          const { world, codes } = worldWithCodes(values);
          const outcome = placeOrder(world, DEMO_SHOP, {
            lines,
            discountCodes: codes,
            customerId: null,
            shipping,
            paid: true,
          });
          if (!outcome.ok) throw new Error(outcome.reason);
          const payload = JSON.parse(JSON.stringify(orderPayload(world, DEMO_SHOP, outcome.order)));
          const allocations = payload.line_items.flatMap((line: any) => line.discount_allocations);
          const gross = payload.line_items.reduce(
            (sum: number, line: any) => sum + minor(line.price) * line.quantity,
            0,
          );
          const taken = allocations.reduce((sum: number, each: any) => sum + setOf(each.amount_set), 0);
          expect(gross).toBe(minor(payload.total_line_items_price));
          expect(gross - taken).toBe(minor(payload.subtotal_price));
          expect(taken).toBe(minor(payload.total_discounts));
          expect(minor(payload.total_price)).toBe(minor(payload.subtotal_price) + shipping);
          for (const line of payload.line_items) {
            const off = line.discount_allocations.reduce(
              (sum: number, each: any) => sum + minor(each.amount),
              0,
            );
            expect(off).toBeLessThanOrEqual(minor(line.price) * line.quantity);
          }
          for (const [index, code] of payload.discount_codes.entries()) {
            const ofCode = allocations.filter((each: any) => each.discount_application_index === index);
            expect(ofCode.reduce((sum: number, each: any) => sum + minor(each.amount), 0)).toBe(
              minor(code.amount),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('shares of a discount add up to it and none is above its line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2_000_000_000_000 }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (weights, fraction) => {
          const whole = weights.reduce((sum, weight) => sum + weight, 0);
          const total = Math.floor(whole * fraction);
          const shares = splitInProportion(total, weights);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
          shares.forEach((share, index) => expect(share).toBeLessThanOrEqual(weights[index]!));
        },
      ),
    );
  });

  test('refunding unit by unit, in any order, gives back each line and the order to the last cent', () => {
    fc.assert(
      fc.property(
        fc.array(
          anyLine.filter((line) => line.price > 0),
          { minLength: 1, maxLength: 5 },
        ),
        fc.array(anyValue, { maxLength: 2 }),
        fc.infiniteStream(fc.nat()),
        (lines, values, choices) => {
          const { world, codes } = worldWithCodes(values);
          const outcome = placeOrder(world, DEMO_SHOP, {
            lines,
            discountCodes: codes,
            customerId: null,
            paid: true,
          });
          if (!outcome.ok) throw new Error(outcome.reason);
          const { order } = outcome;
          const left = () => order.lines.filter((line) => line.currentQuantity > 0);
          const returned = new Map<number, number>();
          while (left().length > 0) {
            const line = left()[(choices.next().value ?? 0) % left().length]!;
            const refunded = refundOrder(world, DEMO_SHOP, order.id, {
              lines: [{ lineId: line.id, quantity: 1 }],
            });
            if (!refunded.ok) {
              // A line that cost nothing has no money to give back and the order may be refunded by then.
              expect(refunded.reason).toBe('not_paid');
              break;
            }
            const payload = JSON.parse(
              JSON.stringify(refundPayload(world, DEMO_SHOP, order, refunded.refund)),
            );
            for (const each of payload.refund_line_items) {
              returned.set(
                each.line_item_id,
                (returned.get(each.line_item_id) ?? 0) + setOf(each.subtotal_set),
              );
            }
          }
          for (const line of order.lines) {
            if (line.currentQuantity > 0) continue;
            const net =
              line.price * line.quantity - line.allocations.reduce((sum, each) => sum + each.amount, 0);
            expect(returned.get(line.id)).toBe(net);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

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
    expect(body.refund.order_adjustments).toMatchObject([
      { kind: 'shipping_refund', amount: '-20000.00' },
      { kind: 'refund_discrepancy', amount: '15000.00' },
    ]);
  });

  test('tax that was added on top goes back with the units', async () => {
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

  test('cancelling: unpaid is voided, paid without refund keeps its money, with refund gives it back', async () => {
    const cancel = async (extra: Record<string, unknown>, options: Record<string, unknown>) => {
      const { order } = (await place(extra)).body;
      return (await sandbox.control('POST', `/_control/orders/${order.id}/cancel`, options)).body.order;
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

test('a buyer who pays in another currency: shop money is exact, presentment money is converted', async () => {
  const { body } = await sandbox.control('POST', '/_control/orders', {
    shop: USD_SHOP,
    customer: null,
    lines: [{ product: 'rattan-tote' }],
    currency: 'IDR',
    rate: 16_000,
  });
  expect(body.order).toMatchObject({ currency: 'USD', presentment_currency: 'IDR', subtotal_price: '64.00' });
  expect(body.order.subtotal_price_set).toEqual({
    shop_money: { amount: '64.00', currency_code: 'USD' },
    presentment_money: { amount: '1024000.00', currency_code: 'IDR' },
  });
});
