/** What an order earns, in worked examples a merchant could check with a pencil. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOrder, decodeRefund } from '#app/modules/loyalty/rules/decode-order.ts';
import { eligibleBase } from '#app/modules/loyalty/rules/eligible-base.ts';
import { entitlement, explainEarning } from '#app/modules/loyalty/rules/entitlement.ts';
import type { SpendRule } from '#app/modules/loyalty/rules/program.ts';
import { orderPayload, refundPayload, type OrderSpec, type RefundSpec } from '#test/support/orders.ts';
import { clubRules, program } from '#test/support/rules.ts';

const ELIGIBLE_AT = new Date('2026-11-21T03:00:00Z');

interface Example {
  words: string;
  order: Partial<OrderSpec>;
  /** Refunds that came by themselves (refunds/create). */
  refunds?: Omit<RefundSpec, 'id' | 'order'>[];
  rule?: Partial<SpendRule>;
  points: bigint;
}

function earned({ order, refunds = [], rule = {} }: Pick<Example, 'order' | 'refunds' | 'rule'>): bigint {
  const { order: state, refunds: inside } = decodeOrder(orderPayload({ id: 7, customer: 9, lines: [], ...order }));
  const apart = refunds.map((refund, index) => decodeRefund(refundPayload({ id: 100 + index, order: 7, ...refund }), 'IDR'));
  const rows = entitlement(state, [...inside, ...apart], clubRules([program({ rule })]), ELIGIBLE_AT);
  return rows.reduce((sum, row) => sum + row.amount, 0n);
}

const TAX_TOO = { includeTax: true };
const SHIPPING_TOO = { includeShipping: true };

const EXAMPLES: Example[] = [
  { words: 'Rp 100,000 gives 10 points', order: { lines: [{ price: 100_000 }] }, points: 10n },
  { words: 'Rp 99,999.99 gives nothing', order: { lines: [{ price: 99_999.99 }] }, points: 0n },
  { words: 'Rp 199,999 gives 10: only full steps count', order: { lines: [{ price: 199_999 }] }, points: 10n },
  { words: 'Rp 250,000 gives 20', order: { lines: [{ price: 250_000 }] }, points: 20n },
  { words: 'lines add up before they are cut into steps', order: { lines: [{ price: 60_000 }, { price: 50_000 }] }, points: 10n },
  { words: 'three pieces of 50,000 are 150,000', order: { lines: [{ price: 50_000, quantity: 3 }] }, points: 10n },

  { words: 'a discount on a line lowers what counts', order: { lines: [{ price: 120_000 }], discounts: [{ takes: [30_000] }] }, points: 0n },
  { words: 'two discounts on one line both count', order: { lines: [{ price: 230_000 }], discounts: [{ takes: [20_000] }, { code: 'A', takes: [20_000] }] }, points: 10n },
  { words: 'a redemption\'s own discount earns nothing either', order: { lines: [{ price: 200_000 }], discounts: [{ code: 'SETIA-1', takes: [50_000] }] }, points: 10n },
  { words: 'a discount on shipping leaves the goods alone', order: { lines: [{ price: 100_000 }], shipping: 20_000, discounts: [{ code: 'SHIP', takes: [], shipping: 20_000 }] }, points: 10n },
  { words: 'discounted to nothing earns nothing', order: { lines: [{ price: 100_000 }], discounts: [{ takes: [100_000] }] }, points: 0n },

  { words: 'tax on top does not count', order: { lines: [{ price: 99_000, tax: 10_890 }] }, points: 0n },
  { words: 'tax on top counts if the shop says so', order: { lines: [{ price: 99_000, tax: 10_890 }] }, rule: TAX_TOO, points: 10n },
  { words: 'tax inside the price is taken out', order: { taxesIncluded: true, lines: [{ price: 110_000, tax: 10_900.9 }] }, points: 0n },
  { words: 'tax inside the price stays in if the shop says so', order: { taxesIncluded: true, lines: [{ price: 110_000, tax: 10_900.9 }] }, rule: TAX_TOO, points: 10n },

  { words: 'shipping does not count', order: { lines: [{ price: 90_000 }], shipping: 20_000 }, points: 0n },
  { words: 'shipping counts if the shop says so', order: { lines: [{ price: 90_000 }], shipping: 20_000 }, rule: SHIPPING_TOO, points: 10n },
  { words: 'shipping counts less its own discount', order: { lines: [{ price: 90_000 }], shipping: 20_000, discounts: [{ takes: [], shipping: 15_000 }] }, rule: SHIPPING_TOO, points: 0n },
  { words: 'refunded shipping no longer counts', order: { lines: [{ price: 90_000 }], shipping: 20_000 }, refunds: [{ shipping: 15_000 }], rule: SHIPPING_TOO, points: 0n },
  { words: 'tax of shipping counts only with both', order: { lines: [{ price: 90_000 }], shipping: 9_500, shippingTax: 1_045 }, rule: { ...SHIPPING_TOO, ...TAX_TOO }, points: 10n },
  { words: 'refunded shipping is no matter where it never counted', order: { lines: [{ price: 100_000 }], shipping: 20_000 }, refunds: [{ shipping: 20_000 }], points: 10n },

  { words: 'gift cards earn nothing', order: { lines: [{ price: 500_000, gift: true }, { price: 100_000 }] }, points: 10n },
  { words: 'tips earn nothing', order: { lines: [{ price: 100_000, tip: true }, { price: 100_000 }] }, points: 10n },

  { words: 'one piece of three given back', order: { lines: [{ price: 100_000, quantity: 3 }] }, refunds: [{ lines: { 1: 1 } }], points: 20n },
  { words: 'a given-back piece takes its share of the line\'s discount with it', order: { lines: [{ price: 100_000, quantity: 2 }], discounts: [{ takes: [80_000] }] }, refunds: [{ lines: { 1: 1 } }], points: 0n },
  { words: 'two refunds add up', order: { lines: [{ price: 100_000, quantity: 3 }] }, refunds: [{ lines: { 1: 1 } }, { lines: { 1: 1 } }], points: 10n },
  { words: 'every piece given back leaves nothing', order: { lines: [{ price: 100_000, quantity: 3 }] }, refunds: [{ lines: { 1: 3 } }], points: 0n },
  { words: 'more pieces given back than bought leave nothing, not less', order: { lines: [{ price: 100_000, quantity: 1 }, { price: 100_000 }] }, refunds: [{ lines: { 1: 1 } }, { lines: { 1: 1 } }], points: 10n },
  { words: 'a refund of a gift card changes nothing', order: { lines: [{ price: 500_000, gift: true }, { price: 100_000 }] }, refunds: [{ lines: { 1: 1 } }], points: 10n },
  { words: 'a piece removed by editing the order', order: { lines: [{ price: 100_000, quantity: 3, left: 2 }] }, points: 20n },
  { words: 'the same refund seen in the order and as an event of its own counts once', order: { lines: [{ price: 100_000, quantity: 3, left: 2 }], refunds: [{ id: 5, order: 7, lines: { 1: 1 } }] }, points: 20n },
  { words: 'a refund of a line that the order does not have', order: { lines: [{ price: 100_000 }] }, refunds: [{ lines: { 44: 1 } }], points: 10n },

  { words: 'half the money back without naming lines halves what counts', order: { lines: [{ price: 400_000 }] }, refunds: [{ extra: 200_000 }], points: 20n },
  { words: 'money back takes its share of what does not count too', order: { lines: [{ price: 200_000 }, { price: 200_000, gift: true }] }, refunds: [{ extra: 200_000 }], points: 10n },
  { words: 'money back is a share of goods, tax and shipping', order: { lines: [{ price: 200_000, tax: 22_000 }], shipping: 18_000 }, refunds: [{ extra: 120_000 }], points: 10n },
  { words: 'a piece and some money: 300,000 less 100,000 less a half', order: { lines: [{ price: 100_000, quantity: 3 }] }, refunds: [{ lines: { 1: 1 } }, { extra: 100_000 }], points: 10n },
  { words: 'all the money back', order: { lines: [{ price: 300_000 }] }, refunds: [{ extra: 300_000 }], points: 0n },
  { words: 'more money back than the order was worth', order: { lines: [{ price: 300_000 }] }, refunds: [{ extra: 900_000 }], points: 0n },
  { words: 'less money back than the given-back line was worth (positive adjustment): the line still counts as gone', order: { lines: [{ price: 100_000 }, { price: 100_000 }] }, refunds: [{ lines: { 1: 1 }, extra: -30_000 }], points: 10n },

  { words: 'not paid yet', order: { financial: 'pending', lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'only authorized', order: { financial: 'authorized', lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'partly paid', order: { financial: 'partially_paid', lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'partly refunded in its status alone', order: { financial: 'partially_refunded', lines: [{ price: 100_000 }] }, points: 10n },
  { words: 'wholly refunded in its status alone', order: { financial: 'refunded', lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'voided', order: { financial: 'voided', lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'cancelled', order: { cancelledAt: '2026-11-21T00:00:00Z', lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'a test order', order: { test: true, lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'a guest', order: { customer: null, lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'an order of nothing', order: { lines: [] }, points: 0n },
  { words: 'a line of no pieces', order: { lines: [{ price: 100_000, quantity: 0 }] }, points: 0n },
];

test.each(EXAMPLES)('$words: $points', ({ points, ...example }) => {
  expect(earned(example)).toBe(points);
});

describe('club start, program dates, validity', () => {
  const at = (processedAt: string) => decodeOrder(orderPayload({ id: 7, customer: 9, lines: [{ price: 100_000 }], processedAt })).order;
  const started = clubRules([program()], { startsOn: '2026-11-21' });

  test('the club starts at midnight of the shop\'s own time zone', () => {
    expect(entitlement(at('2026-11-20T23:59:59+07:00'), [], started, ELIGIBLE_AT)).toEqual([]);
    expect(entitlement(at('2026-11-21T00:00:00+07:00'), [], started, ELIGIBLE_AT)).toHaveLength(1);
    expect(explainEarning(at('2026-11-20T16:59:59Z'), [], started, ELIGIBLE_AT).nothingBecause).toBe('before_start');
  });

  test('a program gives from its start until before its end', () => {
    const rules = clubRules([program({ startsAt: new Date('2026-11-20T00:00:00Z'), endsAt: new Date('2026-11-21T00:00:00Z') })]);
    const silent = (processedAt: string) => explainEarning(at(processedAt), [], rules, ELIGIBLE_AT).outcomes[0]?.silentBecause;
    expect(['2026-11-19T23:59:59Z', '2026-11-20T00:00:00Z', '2026-11-20T23:59:59Z', '2026-11-21T00:00:00Z'].map(silent))
      .toEqual(['not_started', null, null, 'ended']);
  });

  test('pending days, then as many days of life, to the end of the last day in Jakarta', () => {
    const rules = clubRules([program({ rule: { pendingDays: 14, lifetimeDays: 365 } })]);
    const [row] = entitlement(at('2026-11-20T10:00:00+07:00'), [], rules, ELIGIBLE_AT);
    expect(row?.validFrom.toISOString()).toBe('2026-12-05T03:00:00.000Z');
    expect(row?.expiresAt?.toISOString()).toBe('2027-12-05T17:00:00.000Z');
  });

  test('every active program gives, each in its own unit and under its own name', () => {
    const rules = clubRules([program(), program({ id: 2n, unit: 'CREDIT', rule: { stepMinor: 50_000_00n, units: 1_000_00n } })]);
    const rows = entitlement(at('2026-11-20T10:00:00+07:00'), [], rules, ELIGIBLE_AT);
    expect(rows.map(({ rule, unit, amount }) => [rule, unit, amount])).toEqual([['program:1', 'POINTS', 10n], ['program:2', 'CREDIT', 2_000_00n]]);
  });

  test('says why nothing was earned', () => {
    const why = (order: Partial<OrderSpec>) =>
      explainEarning(decodeOrder(orderPayload({ id: 7, customer: 9, lines: [{ price: 1 }], ...order })).order, [], clubRules(), ELIGIBLE_AT);
    expect(why({ test: true }).nothingBecause).toBe('test_order');
    expect(why({ financial: 'pending' }).nothingBecause).toBe('not_paid');
    expect(why({ cancelledAt: '2026-11-21T00:00:00Z' }).nothingBecause).toBe('undone');
    expect(why({ customer: null }).nothingBecause).toBe('no_customer');
    expect(why({})).toMatchObject({ nothingBecause: null, outcomes: [{ silentBecause: 'below_step', steps: 0n }] });
  });
});

test('explains each line: gross, discount, what is back, what counts and why not', () => {
  const { order } = decodeOrder(orderPayload({ id: 7, customer: 9, lines: [{ price: 100_000, quantity: 2 }, { price: 50_000, gift: true }, { price: 30_000 }], discounts: [{ takes: [40_000] }], shipping: 10_000 }));
  const refund = decodeRefund(refundPayload({ id: 1, order: 7, lines: { 1: 1, 3: 1 } }), 'IDR');
  expect(eligibleBase(order, [refund], { includeTax: false, includeShipping: true })).toEqual({
    lines: [
      { lineId: 701n, quantity: 2, refundedQuantity: 1, grossMinor: 200_000_00n, discountMinor: 40_000_00n, eligibleMinor: 80_000_00n, excluded: null },
      { lineId: 702n, quantity: 1, refundedQuantity: 0, grossMinor: 50_000_00n, discountMinor: 0n, eligibleMinor: 0n, excluded: 'gift_card' },
      { lineId: 703n, quantity: 1, refundedQuantity: 1, grossMinor: 30_000_00n, discountMinor: 0n, eligibleMinor: 0n, excluded: 'refunded' },
    ],
    shippingMinor: 10_000_00n, amountRefundMinor: 0n, totalMinor: 90_000_00n,
  });
});

describe('the eligible base, whatever comes', () => {
  const money = fc.integer({ min: 0, max: 5_000_000 });
  const line = fc.record({ price: money, quantity: fc.integer({ min: 1, max: 5 }), tax: fc.integer({ min: 0, max: 10_000 }), gift: fc.boolean() });
  const refund = fc.record({
    lines: fc.dictionary(fc.constantFrom('1', '2', '3'), fc.integer({ min: 0, max: 4 })), extra: fc.option(money, { nil: undefined }), shipping: fc.option(money, { nil: undefined }),
  });
  const options = fc.record({ includeTax: fc.boolean(), includeShipping: fc.boolean() });

  test('is never below zero, never above what was paid, and never rises by another refund', () => {
    fc.assert(fc.property(
      fc.array(line, { maxLength: 3 }), money, fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 3 }), fc.boolean(), fc.array(refund, { maxLength: 4 }), options,
      (lines, shipping, takes, taxesIncluded, refunds, rule) => {
        const { order } = decodeOrder(orderPayload({ id: 7, customer: 9, lines, shipping, taxesIncluded, discounts: [{ takes }] }));
        const known = refunds.map(({ lines: pieces, extra, shipping: back }, index) => decodeRefund(refundPayload({
          id: index, order: 7, lines: pieces, ...(extra === undefined ? {} : { extra }), ...(back === undefined ? {} : { shipping: back }),
        }), 'IDR'));
        let before = eligibleBase(order, [], rule).totalMinor;
        const gross = lines.reduce((sum, each) => sum + each.price * each.quantity + each.tax, shipping);
        expect(before).toBeLessThanOrEqual(BigInt(gross) * 100n);
        for (let count = 1; count <= known.length; count++) {
          const now = eligibleBase(order, known.slice(0, count), rule).totalMinor;
          expect(now).toBeGreaterThanOrEqual(0n);
          expect(now).toBeLessThanOrEqual(before);
          before = now;
        }
        const backwards = eligibleBase(order, known.toReversed(), rule).totalMinor;
        expect(backwards).toBe(before);
      },
    ), { numRuns: 500 });
  });
});
