/** What an order earns, in worked examples a merchant could check with a pencil. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { decodeRefund } from '#app/modules/orders/rules/decode-refund.ts';
import { eligibleBase } from '#app/modules/earning/rules/eligible-base.ts';
import { entitlement, explainEarning } from '#app/modules/earning/rules/entitlement.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import { PLAIN_TERMS } from '#app/modules/earning/rules/program.ts';
import { EXAMPLES, type Example } from '#test/examples/spend.ts';
import { orderPayload, refundPayload, type OrderSpec } from '#test/support/orders.ts';
import { clubRules, program } from '#test/support/rules.ts';

const UNDER = { refunds: [], facts: NO_FACTS, eligibleAt: new Date('2026-11-21T03:00:00Z') };

function earned({ order, refunds = [], rule = {} }: Pick<Example, 'order' | 'refunds' | 'rule'>): bigint {
  const { order: state, refunds: inside } = decodeOrder(
    orderPayload({ id: 7, customer: 9, lines: [], ...order }),
  );
  const apart = refunds.map((refund, index) =>
    decodeRefund(refundPayload({ id: 100 + index, order: 7, ...refund }), 'IDR'),
  );
  const rows = entitlement({
    ...UNDER,
    order: state,
    refunds: [...inside, ...apart],
    rules: clubRules([program({ rule })]),
  });
  return rows.reduce((sum, row) => sum + row.amount, 0n);
}

test.each(EXAMPLES)('$words: $points', ({ points, ...example }) => {
  expect(earned(example)).toBe(points);
});

describe('club start, program dates, validity', () => {
  const at = (processedAt: string) =>
    decodeOrder(orderPayload({ id: 7, customer: 9, lines: [{ price: 100_000 }], processedAt })).order;
  const started = clubRules([program()], { startsOn: '2026-11-21' });

  test("the club starts at midnight of the shop's own time zone", () => {
    expect(entitlement({ ...UNDER, order: at('2026-11-20T23:59:59+07:00'), rules: started })).toEqual([]);
    expect(entitlement({ ...UNDER, order: at('2026-11-21T00:00:00+07:00'), rules: started })).toHaveLength(1);
    expect(
      explainEarning({ ...UNDER, order: at('2026-11-20T16:59:59Z'), rules: started }).nothingBecause,
    ).toBe('before_start');
  });

  test('a program gives from its start until before its end', () => {
    const rules = clubRules([
      program({ startsAt: new Date('2026-11-20T00:00:00Z'), endsAt: new Date('2026-11-21T00:00:00Z') }),
    ]);
    const silent = (processedAt: string) =>
      explainEarning({ ...UNDER, order: at(processedAt), rules: rules }).outcomes[0]?.silentBecause;
    expect(
      ['2026-11-19T23:59:59Z', '2026-11-20T00:00:00Z', '2026-11-20T23:59:59Z', '2026-11-21T00:00:00Z'].map(
        silent,
      ),
    ).toEqual(['not_started', null, null, 'ended']);
  });

  test('pending days, then as many days of life, to the end of the last day in Jakarta', () => {
    const rules = clubRules([program({ rule: { pendingDays: 14, lifetimeDays: 365 } })]);
    const [row] = entitlement({ ...UNDER, order: at('2026-11-20T10:00:00+07:00'), rules: rules });
    expect(row?.validFrom.toISOString()).toBe('2026-12-05T03:00:00.000Z');
    expect(row?.expiresAt?.toISOString()).toBe('2027-12-05T17:00:00.000Z');
  });

  test('every active program gives, each in its own unit and under its own name', () => {
    const rules = clubRules([
      program(),
      program({ id: 2n, unit: 'CREDIT', rule: { stepMinor: 50_000_00n, units: 1_000_00n } }),
    ]);
    const rows = entitlement({ ...UNDER, order: at('2026-11-20T10:00:00+07:00'), rules: rules });
    expect(rows.map(({ rule, unit, amount }) => [rule, unit, amount])).toEqual([
      ['program:1', 'POINTS', 10n],
      ['program:2', 'CREDIT', 2_000_00n],
    ]);
  });

  test('says why nothing was earned', () => {
    const why = (order: Partial<OrderSpec>, eligibleAt: Date | null = UNDER.eligibleAt) =>
      explainEarning({
        ...UNDER,
        eligibleAt,
        order: decodeOrder(orderPayload({ id: 7, customer: 9, lines: [{ price: 1 }], ...order })).order,
        rules: clubRules(),
      });
    expect(why({ test: true }).nothingBecause).toBe('test_order');
    expect(why({ financial: 'pending' }, null).nothingBecause).toBe('not_paid');
    expect(why({ financial: 'partially_paid', outstanding: 1 }, null).nothingBecause).toBe('not_paid');
    expect(why({ financial: 'partially_paid', outstanding: 1 }).nothingBecause).toBeNull();
    expect(why({ cancelledAt: '2026-11-21T00:00:00Z' }).nothingBecause).toBe('undone');
    expect(why({ customer: null }).nothingBecause).toBe('no_customer');
    expect(why({})).toMatchObject({
      nothingBecause: null,
      outcomes: [{ silentBecause: 'below_step', steps: 0n }],
    });
  });
});

test('explains each line: gross, discount, what is back, what counts and why not', () => {
  const { order } = decodeOrder(
    orderPayload({
      id: 7,
      customer: 9,
      lines: [{ price: 100_000, quantity: 2 }, { price: 50_000, gift: true }, { price: 30_000 }],
      discounts: [{ takes: [40_000] }],
      shipping: 10_000,
    }),
  );
  const refund = decodeRefund(refundPayload({ id: 1, order: 7, lines: { 1: 1, 3: 1 } }), 'IDR');
  expect(eligibleBase(order, [refund], { ...PLAIN_TERMS, includeShipping: true }, NO_FACTS)).toMatchObject({
    lines: [
      {
        lineId: 701n,
        title: 'Piece 1',
        quantity: 2,
        refundedQuantity: 1,
        grossMinor: 200_000_00n,
        discountMinor: 40_000_00n,
        eligibleMinor: 80_000_00n,
        excluded: null,
      },
      {
        lineId: 702n,
        title: 'Piece 2',
        quantity: 1,
        refundedQuantity: 0,
        grossMinor: 50_000_00n,
        discountMinor: 0n,
        eligibleMinor: 0n,
        excluded: 'gift_card',
      },
      {
        lineId: 703n,
        title: 'Piece 3',
        quantity: 1,
        refundedQuantity: 1,
        grossMinor: 30_000_00n,
        discountMinor: 0n,
        eligibleMinor: 0n,
        excluded: 'refunded',
      },
    ],
    shippingMinor: 10_000_00n,
    amountRefundMinor: 0n,
    totalMinor: 90_000_00n,
  });
});

describe('the eligible base, whatever comes', () => {
  const money = fc.integer({ min: 0, max: 5_000_000 });
  const line = fc.record({
    price: money,
    quantity: fc.integer({ min: 1, max: 5 }),
    tax: fc.integer({ min: 0, max: 10_000 }),
    gift: fc.boolean(),
  });
  const refund = fc.record({
    lines: fc.dictionary(fc.constantFrom('1', '2', '3'), fc.integer({ min: 0, max: 4 })),
    extra: fc.option(money, { nil: undefined }),
    shipping: fc.option(money, { nil: undefined }),
  });
  const options = fc.record({ includeTax: fc.boolean(), includeShipping: fc.boolean() });

  test('is never below zero, never above what was paid, and never rises by another refund', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 3 }),
        money,
        fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 3 }),
        fc.boolean(),
        fc.array(refund, { maxLength: 4 }),
        options,
        (lines, shipping, takes, taxesIncluded, refunds, rule) => {
          const { order } = decodeOrder(
            orderPayload({ id: 7, customer: 9, lines, shipping, taxesIncluded, discounts: [{ takes }] }),
          );
          const known = refunds.map(({ lines: pieces, extra, shipping: back }, index) =>
            decodeRefund(
              refundPayload({
                id: index,
                order: 7,
                lines: pieces,
                ...(extra === undefined ? {} : { extra }),
                ...(back === undefined ? {} : { shipping: back }),
              }),
              'IDR',
            ),
          );
          let before = eligibleBase(order, [], { ...PLAIN_TERMS, ...rule }, NO_FACTS).totalMinor;
          const gross = lines.reduce((sum, each) => sum + each.price * each.quantity + each.tax, shipping);
          expect(before).toBeLessThanOrEqual(BigInt(gross) * 100n);
          for (let count = 1; count <= known.length; count++) {
            const now = eligibleBase(
              order,
              known.slice(0, count),
              { ...PLAIN_TERMS, ...rule },
              NO_FACTS,
            ).totalMinor;
            expect(now).toBeGreaterThanOrEqual(0n);
            expect(now).toBeLessThanOrEqual(before);
            before = now;
          }
          const backwards = eligibleBase(
            order,
            known.toReversed(),
            { ...PLAIN_TERMS, ...rule },
            NO_FACTS,
          ).totalMinor;
          expect(backwards).toBe(before);
        },
      ),
      { numRuns: 500 },
    );
  });
});
