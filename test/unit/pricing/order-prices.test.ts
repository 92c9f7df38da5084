/** Which discounts of an order are prices of ours, and which rule each was, as Shopify's payloads tell it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import {
  listOrderPrices,
  type OrderPrice,
  type OrderTerms,
} from '#app/modules/pricing/rules/order-prices.ts';
import { orderPayload, type DiscountSpec, type LineSpec, type OrderSpec } from '#test/support/orders.ts';

const RULES = {
  v: 1,
  on: true,
  digits: 2,
  cats: {
    reseller: { bp: 1000, label: 'Reseller price', breaks: [[10, 1500]], list: true },
    agent: { bp: 2000, step: '100000' },
  },
  tiers: { gold: { bp: 500, label: 'Gold member' } },
};

const terms = (person: object = {}, change: Partial<OrderTerms> = {}): OrderTerms => ({
  rules: RULES,
  person: { v: 1, cat: 'reseller', ...person },
  date: '2026-11-20',
  lists: new Map(),
  ...change,
});

function pricesOf(
  discounts: DiscountSpec[],
  using: OrderTerms = terms(),
  { known = [], ...spec }: Partial<OrderSpec> & { known?: OrderPrice[] } = {},
): OrderPrice[] {
  const lines: readonly LineSpec[] = spec.lines ?? [{ price: 1000, quantity: 10 }];
  const decoded = decodeOrder(orderPayload({ id: 1, customer: 7, ...spec, lines, discounts }));
  return listOrderPrices(decoded.order, decoded.refunds, using, known);
}

const found = (discounts: DiscountSpec[], using?: OrderTerms, spec?: Partial<OrderSpec>) =>
  pricesOf(discounts, using, spec).map(({ rule, key }) => `${rule} ${key}`);

const percent = (value: string, title = 'Reseller price', takes = [1000]): DiscountSpec => ({
  title,
  percent: value,
  takes,
});

describe('which rule it was', () => {
  test('the category’s percent, a break, the customer’s own, the tier', () => {
    expect(found([percent('10.0')])).toEqual(['category reseller']);
    expect(found([percent('15.0')])).toEqual(['break reseller']);
    expect(found([percent('12.5')], terms({ bp: 1250 }))).toEqual(['own reseller']);
    expect(found([percent('15.0')], terms({ bp: 1250 }))).toEqual(['break reseller']);
    expect(found([percent('5.0', 'Gold member')], terms({ tier: 'gold' }))).toEqual(['tier gold']);
  });

  test('a percent of one’s own only on its days', () => {
    expect(found([percent('10.0')], terms({ bp: 1000, to: '2026-11-19' }))).toEqual(['category reseller']);
    expect(found([percent('10.0')], terms({ bp: 1000, to: '2026-11-20' }))).toEqual(['own reseller']);
  });

  test('an amount is the price list’s, or a percent that was rounded', () => {
    expect(found([{ title: 'Reseller price', takes: [1000] }])).toEqual(['list reseller']);
    expect(found([{ title: 'Setia', takes: [1000] }], terms({ cat: 'agent' }))).toEqual(['category agent']);
  });

  test('with a list and rounding, the price decides', () => {
    const rules = { ...RULES, cats: { agent: { bp: 1000, label: 'A', list: true, step: '10000' } } };
    const lists = new Map([[2n, { v: 1, agent: [[1, '90000']] }]]);
    const agent = terms({ cat: 'agent' }, { rules, lists });
    expect(found([{ title: 'A', takes: [1000] }], agent)).toEqual(['list agent']);
    expect(found([{ title: 'A', takes: [2000] }], agent)).toEqual(['category agent']);
  });

  test('one title for category and tier: the percent tells them apart, and the category wins where both have it', () => {
    const rules = { ...RULES, tiers: { gold: { bp: 500, label: 'Reseller price' } } };
    const both = terms({ tier: 'gold' }, { rules });
    expect(found([percent('5.0')], both)).toEqual(['tier gold']);
    expect(found([percent('10.0')], both)).toEqual(['category reseller']);
    expect(found([percent('5.0')], terms({ tier: 'gold', bp: 500 }, { rules }))).toEqual(['own reseller']);
  });

  test('a customer who was moved since still bought by the category whose label it is', () => {
    expect(found([percent('10.0')], terms({ cat: 'agent', bp: 1000 }))).toEqual(['category reseller']);
  });

  test('not the merchant’s discounts, codes, shipping, a guest’s order, and not without rules', () => {
    expect(found([percent('10.0', 'Weekend')])).toEqual([]);
    expect(found([{ code: 'Reseller price', takes: [1000] }])).toEqual([]);
    expect(found([percent('10.0')], terms(), { customer: null })).toEqual([]);
    for (const rules of [null, 'x', [], { v: 2 }, { v: 1 }, { v: 1, cats: 3, tiers: 'x' }])
      expect(found([percent('10.0')], terms({}, { rules }))).toEqual([]);
  });

  test('what was found keeps its rule when the rules change', () => {
    const before = pricesOf([percent('10.0')]);
    const after = terms({ cat: 'other' }, { rules: { v: 1, on: true, cats: {}, tiers: {} } });
    expect(pricesOf([percent('10.0')], after, { known: before })).toEqual(before);
    expect(pricesOf([percent('20.0')], after, { known: before })).toEqual([]);
  });
});

describe('how much it was', () => {
  test('minor units of its lines, and what went back with items', () => {
    const lines = [
      { price: 1000, quantity: 3 },
      { price: 500, quantity: 2 },
    ];
    const refunds = [{ id: 9, order: 1, lines: { 1: 1 } }];
    expect(pricesOf([percent('10.0', 'Reseller price', [300, 100])], terms(), { lines, refunds })).toEqual([
      {
        application: 0,
        rule: 'category',
        key: 'reseller',
        title: 'Reseller price',
        percentBp: 1000,
        amountMinor: 40_000n,
        returnedMinor: 10_000n,
      },
    ]);
  });

  test('over any refunds: never below zero, never more than it was, all of it once everything went back', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ quantity: fc.integer({ min: 1, max: 9 }), off: fc.integer({ min: 1, max: 99 }) }),
          { minLength: 1, maxLength: 5 },
        ),
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }),
        (rows, gone) => {
          const lines = rows.map(({ quantity }) => ({ price: 1000, quantity }));
          const takes = rows.map(({ off }) => off);
          const back = (of: (row: (typeof rows)[number], place: number) => number) =>
            Object.fromEntries(rows.map((row, place) => [place + 1, Math.min(row.quantity, of(row, place))]));
          const after = (refunded: Record<number, number>) =>
            pricesOf([percent('10.0', 'Reseller price', takes)], terms(), {
              lines,
              refunds: [{ id: 9, order: 1, lines: refunded }],
            })[0]!;
          const partly = after(back((_row, place) => gone[place] ?? 0));
          expect(partly.returnedMinor).toBeGreaterThanOrEqual(0n);
          expect(partly.returnedMinor).toBeLessThanOrEqual(partly.amountMinor);
          const all = after(back(({ quantity }) => quantity));
          expect(all.returnedMinor).toBe(all.amountMinor);
        },
      ),
      { numRuns: 200 },
    );
  });
});
