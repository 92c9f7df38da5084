/** Discounts of several classes on one order, as Shopify's checkout chooses among them. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bestCombination, combines } from '#sandbox/shopify/discount-combinations.ts';
import type { DiscountTerms } from '#sandbox/state.ts';
import { DEMO_SHOP, type Loose, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', {});
});

const TEA = 'teh-melati-premium';
const SAMBAL = 'sambal-roa-manado';
const ALL = ['product', 'order', 'shipping'];

async function discount(input: Record<string, unknown>): Promise<void> {
  const { status, body } = await sandbox.control('POST', '/_control/discounts', input);
  expect({ status, body }).toMatchObject({ status: 201 });
}

/** Tea for 45,000, and shipping for 20,000. */
const order = (discountCodes: string[], rest: Record<string, unknown> = {}) =>
  sandbox.control('POST', '/_control/orders', {
    customer: 'budi.santoso@example.com',
    lines: [{ product: TEA }],
    shipping: 20_000,
    discountCodes,
    ...rest,
  });

/** What each discount took, by its title. */
function taken({ body }: { body: Loose }): Record<string, number> {
  const parts = [...body.order.line_items, ...body.order.shipping_lines].flatMap(
    (holder: Loose) => holder.discount_allocations,
  );
  const sums: Record<string, number> = {};
  for (const part of parts) {
    const application = body.order.discount_applications[part.discount_application_index];
    const name = application.code ?? application.title;
    sums[name] = (sums[name] ?? 0) + Number(part.amount);
  }
  return sums;
}

describe('one order', () => {
  test('a code of each class, all of which combine: products first, then the order, then the shipping', async () => {
    await discount({ code: 'ORDER', amount: 10_000, combinesWith: ALL });
    await discount({ code: 'TEA', class: 'product', percent: 10, products: [TEA], combinesWith: ALL });
    await discount({ code: 'SHIP', class: 'shipping', percent: 100, combinesWith: ALL });
    const placed = await order(['ORDER', 'SHIP', 'TEA']);
    expect(taken(placed)).toEqual({ TEA: 4_500, ORDER: 10_000, SHIP: 20_000 });
    const { order: seen } = placed.body;
    expect(seen.total_price).toBe('30500.00');
    expect(
      seen.discount_applications.map(({ code, target_type, target_selection }: Loose) => [
        ...[code, target_type, target_selection],
      ]),
    ).toEqual([
      ['TEA', 'line_item', 'entitled'],
      ['ORDER', 'line_item', 'all'],
      ['SHIP', 'shipping_line', 'all'],
    ]);
    expect(seen.shipping_lines[0]).toMatchObject({ price: '20000.00', discounted_price: '0.00' });
    expect(seen.discount_codes).toContainEqual({ code: 'SHIP', amount: '20000.00', type: 'shipping' });
  });

  test('of two that do not combine the one that takes more off applies, whichever came first', async () => {
    await discount({ code: 'SMALL', amount: 5_000 });
    await discount({ code: 'LARGE', amount: 6_000 });
    for (const codes of [
      ['SMALL', 'LARGE'],
      ['LARGE', 'SMALL'],
    ]) {
      expect((await order(codes)).body).toMatchObject({ code: 'SMALL', rejection: 'not_combinable' });
    }
  });

  test('both have to say that they combine', async () => {
    await discount({ code: 'OPEN', amount: 5_000, combinesWith: ALL });
    await discount({ code: 'CLOSED', amount: 4_000 });
    expect((await order(['OPEN', 'CLOSED'])).body).toMatchObject({ code: 'CLOSED' });
  });

  test('a better automatic discount keeps a code out, a worse one gives way, one that combines stays', async () => {
    await discount({ title: 'Sale', percent: 20 });
    await discount({ code: 'LESS', amount: 8_000 });
    await discount({ code: 'MORE', amount: 10_000 });
    expect((await order(['LESS'])).body).toMatchObject({ code: 'LESS', rejection: 'not_combinable' });
    expect(taken(await order(['MORE']))).toEqual({ MORE: 10_000 });
    expect(taken(await order([]))).toEqual({ Sale: 9_000 });
    await discount({ title: 'Free shipping', class: 'shipping', percent: 100, combinesWith: ['order'] });
    await discount({ code: 'BOTH', amount: 11_000, combinesWith: ['shipping'] });
    expect(taken(await order(['BOTH']))).toEqual({ BOTH: 11_000, 'Free shipping': 20_000 });
  });

  test('a line gets one product discount, the best', async () => {
    await discount({ code: 'EACH', class: 'product', amount: 2_000, combinesWith: ALL });
    await discount({ code: 'TEA', class: 'product', percent: 10, products: [TEA], combinesWith: ALL });
    const lines = [
      { product: TEA, quantity: 2 },
      { product: SAMBAL, quantity: 3 },
    ];
    expect(taken(await order(['EACH', 'TEA'], { lines }))).toEqual({ TEA: 9_000, EACH: 6_000 });
  });

  test('a product code for other goods, a sixth code and a second one for the shipping are refused', async () => {
    await discount({ code: 'TEA', class: 'product', percent: 10, products: [TEA] });
    expect((await order(['TEA'], { lines: [{ product: SAMBAL }] })).body).toMatchObject({
      rejection: 'not_for_items',
    });
    const six = ['A', 'B', 'C', 'D', 'E', 'F'];
    for (const code of six) await discount({ code, amount: 1_000, combinesWith: ALL });
    expect((await order(six)).body).toMatchObject({ code: 'F', rejection: 'too_many_codes' });
    for (const code of ['S1', 'S2'])
      await discount({ code, class: 'shipping', percent: 50, combinesWith: ALL });
    expect((await order([...six.slice(0, 5), 'S1', 'S2'])).body).toMatchObject({
      code: 'S2',
      rejection: 'too_many_codes',
    });
    expect(Object.keys(taken(await order([...six.slice(0, 5), 'S1'])))).toHaveLength(6);
  });

  test('the Admin API says the same as the webhook', async () => {
    await discount({ code: 'TEA', class: 'product', percent: 10, products: [TEA], combinesWith: ALL });
    await discount({ code: 'SHIP', class: 'shipping', percent: 50, combinesWith: ALL });
    const { body } = await order(['TEA', 'SHIP']);
    const { data } = await sandbox.graphql(
      `query($id: ID!) { order(id: $id) {
        discountApplications(first: 5) { nodes { index targetType targetSelection allocationMethod } }
        shippingLines(first: 1) { nodes { originalPriceSet { shopMoney { amount } } discountedPriceSet { shopMoney { amount } }
          discountAllocations { allocatedAmountSet { shopMoney { amount } } discountApplication { index } } } } } }`,
      { id: body.order.admin_graphql_api_id },
    );
    expect(data.order).toEqual({
      discountApplications: {
        nodes: [
          { index: 0, targetType: 'LINE_ITEM', targetSelection: 'ENTITLED', allocationMethod: 'EACH' },
          { index: 1, targetType: 'SHIPPING_LINE', targetSelection: 'ALL', allocationMethod: 'EACH' },
        ],
      },
      shippingLines: {
        nodes: [
          {
            originalPriceSet: { shopMoney: { amount: '20000.0' } },
            discountedPriceSet: { shopMoney: { amount: '10000.0' } },
            discountAllocations: [
              { allocatedAmountSet: { shopMoney: { amount: '10000.0' } }, discountApplication: { index: 1 } },
            ],
          },
        ],
      },
    });
  });

  test('an order for the other shop or an unknown product is refused by name', async () => {
    const answer = await sandbox.control('POST', '/_control/discounts', {
      code: 'X',
      percent: 5,
      products: ['none'],
    });
    expect({ status: answer.status, text: JSON.stringify(answer.body) }).toMatchObject({
      status: 404,
      text: expect.stringContaining(`no product none in ${DEMO_SHOP}`) as string,
    });
    expect((await sandbox.control('POST', '/_control/discounts', { code: 'X' })).status).toBe(400);
  });
});

const terms: fc.Arbitrary<DiscountTerms> = fc.record({
  id: fc.nat(),
  title: fc.constant('x'),
  value: fc.record({ kind: fc.constant('fixed_amount' as const), amount: fc.nat(1_000) }),
  discountClass: fc.constantFrom('product', 'order', 'shipping'),
  minimumSubtotal: fc.constant(null),
  startsAt: fc.constant('2026-01-01T00:00:00Z'),
  endsAt: fc.constant(null),
  combinesWith: fc.record({
    productDiscounts: fc.boolean(),
    orderDiscounts: fc.boolean(),
    shippingDiscounts: fc.boolean(),
  }),
  createdAt: fc.constant('2026-01-01T00:00:00Z'),
  updatedAt: fc.constant('2026-01-01T00:00:00Z'),
});

test('property: the chosen set combines and no other set that does takes more', () => {
  const worth = (set: readonly DiscountTerms[]) =>
    set.reduce((sum, { value }) => sum + (value.kind === 'fixed_amount' ? value.amount : 0), 0);
  const isValid = (set: readonly DiscountTerms[]) =>
    set.every((one, index) => set.slice(index + 1).every((other) => combines(one, other)));
  fc.assert(
    fc.property(fc.array(terms, { maxLength: 8 }), (all) => {
      const best = bestCombination(all, worth);
      expect(isValid(best)).toBe(true);
      for (let mask = 0; mask < 1 << all.length; mask++) {
        const set = all.filter((_each, index) => mask & (1 << index));
        if (isValid(set)) expect(worth(best)).toBeGreaterThanOrEqual(worth(set));
      }
    }),
  );
});
