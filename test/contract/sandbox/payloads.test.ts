import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOrder, refundOrder } from '#sandbox/shopify/orders.ts';
import { orderPayload } from '#sandbox/shopify/payloads/order.ts';
import { refundPayload } from '#sandbox/shopify/payloads/refund.ts';
import { splitInProportion } from '#sandbox/shopify/pricing-discounts.ts';
import { type DiscountCode, World } from '#sandbox/world.ts';
import {
  DEMO_SHOP,
  type Loose,
  startTestSandbox,
  type TestSandbox,
  USD_SHOP,
} from '../../support/sandbox.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/webhooks/${name}`, import.meta.url), 'utf8'));
const WEB_ORDER = fixture('orders_paid__real_web_2026-02_no_discount.json');

/** `a.b[].c` for every value of a payload: its shape without its content. Empty lists and nulls end a path. */
function shape(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => shape(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => shape(inner, `${path}.${key}`));
}
/** Shop money in minor units. */
const minor = (decimal: string) => Math.round(Number(decimal) * 100);
const setOf = (set: Loose) => minor(set.shop_money.amount);

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
    expect(body.order.admin_graphql_api_id).toBe(`gid://shopify/Order/${String(body.order.id)}`);
    expect(body.order.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
  });

  test('a customer has the fields of 2025-01 and later, and none that were removed', async () => {
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
          const allocations = payload.line_items.flatMap((line: Loose) => line.discount_allocations);
          const gross = payload.line_items.reduce(
            (sum: number, line: Loose) => sum + minor(line.price) * line.quantity,
            0,
          );
          const taken = allocations.reduce((sum: number, each: Loose) => sum + setOf(each.amount_set), 0);
          expect(gross).toBe(minor(payload.total_line_items_price));
          expect(gross - taken).toBe(minor(payload.subtotal_price));
          expect(taken).toBe(minor(payload.total_discounts));
          expect(minor(payload.total_price)).toBe(minor(payload.subtotal_price) + shipping);
          for (const line of payload.line_items) {
            const off = line.discount_allocations.reduce(
              (sum: number, each: Loose) => sum + minor(each.amount),
              0,
            );
            expect(off).toBeLessThanOrEqual(minor(line.price) * line.quantity);
          }
          for (const [index, code] of payload.discount_codes.entries()) {
            const ofCode = allocations.filter((each: Loose) => each.discount_application_index === index);
            expect(ofCode.reduce((sum: number, each: Loose) => sum + minor(each.amount), 0)).toBe(
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

  test('refunding unit by unit, in any order, refunds each line and the order to the last cent', () => {
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
            if (!refunded.ok) throw new Error(refunded.reason);
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
