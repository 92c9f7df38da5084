/** What orders earn by every kind of rule, in examples a merchant could check with a pencil. */
import { NO_FACTS, type OrderFacts } from '#app/modules/orders/rules/kept-facts.ts';
import type { EarnRules } from '#app/modules/earning/rules/program.ts';
import type { OrderSpec, RefundSpec } from '#test/support/orders.ts';
import { offer, printedRule, productRule, program, programOf } from '#test/support/rules.ts';

export interface RuleExample {
  words: string;
  order: Partial<OrderSpec>;
  refunds?: Omit<RefundSpec, 'id' | 'order'>[];
  rules: Partial<EarnRules>;
  facts?: Partial<OrderFacts>;
  /** Each amount, with the days of use where the rule limits them. */
  gives: string[];
}

const A_TWICE = { programs: [programOf(productRule())] };
const PRINTED = { programs: [programOf(printedRule())] };
const printedOn = (points: Record<number, bigint>): Partial<OrderFacts> => ({
  products: new Map(
    Object.entries(points).map(([id, printedPoints]) => [
      BigInt(id),
      { tags: [], collectionIds: [], printedPoints },
    ]),
  ),
});
const tagged = (tags: string[], collectionIds: bigint[] = []): Partial<OrderFacts> => ({
  products: new Map([[1n, { tags, collectionIds, printedPoints: 0n }]]),
});
const without = (excluded: Partial<{ productIds: bigint[]; collectionIds: bigint[]; tags: string[] }>) => ({
  programs: [program({ rule: { excluded: { productIds: [], collectionIds: [], tags: [], ...excluded } } })],
});
const gold = (multiplierPercent: number): Partial<OrderFacts> => ({
  tier: { tierId: 1n, name: 'Gold', multiplierPercent },
});
const ABOVE_FIVE_MILLION = { programs: [], offers: [offer({ percentBp: 200 })] };
const TWO_STEPS = {
  programs: [],
  offers: [
    offer({ offerId: 1n, minimumMinor: 1_000_000_00n, percentBp: 100 }),
    offer({ offerId: 2n, minimumMinor: 5_000_000_00n, percentBp: 300 }),
  ],
};
const IN_RIAL = { ...ABOVE_FIVE_MILLION, currency: 'IRR' };
const rial = (amount: number): Partial<OrderSpec> => ({ currency: 'IRR', lines: [{ price: amount }] });

export const PRODUCT_EXAMPLES: RuleExample[] = [
  {
    words: 'Product A, two pieces, 10 points: two pieces give 10',
    order: { lines: [{ price: 1, quantity: 2 }] },
    rules: A_TWICE,
    gives: ['10 points'],
  },
  {
    words: 'three pieces of A still give 10: only full pairs count',
    order: { lines: [{ price: 1, quantity: 3 }] },
    rules: A_TWICE,
    gives: ['10 points'],
  },
  {
    words: 'four pieces of A give 20',
    order: { lines: [{ price: 1, quantity: 4 }] },
    rules: A_TWICE,
    gives: ['20 points'],
  },
  {
    words: 'one piece of A in each of two lines make a pair',
    order: { lines: [{ price: 1 }, { price: 1 }] },
    rules: A_TWICE,
    gives: ['10 points'],
  },
  {
    words: 'two pieces of B give nothing for A',
    order: { lines: [{ price: 1, quantity: 2, product: 2 }] },
    rules: A_TWICE,
    gives: [],
  },
  {
    words: 'one of two pieces of A given back: no pair is left',
    order: { lines: [{ price: 1, quantity: 2 }] },
    refunds: [{ lines: { 1: 1 } }],
    rules: A_TWICE,
    gives: [],
  },
  {
    words: 'a row for size L only does not count size M',
    order: {
      lines: [
        { price: 1, quantity: 2, variant: 8 },
        { price: 1, quantity: 2, variant: 9 },
      ],
    },
    rules: { programs: [programOf(productRule([{ variantId: 9n }]))] },
    gives: ['10 points'],
  },
  {
    words: 'rows add up: A twice gives 10 and B once gives 3, so two of each give 16',
    order: {
      lines: [
        { price: 1, quantity: 2 },
        { price: 1, quantity: 2, product: 2 },
      ],
    },
    rules: { programs: [programOf(productRule([{}, { productId: 2n, quantity: 1, units: 3n }]))] },
    gives: ['16 points'],
  },
  {
    words: 'points printed on the product, times pieces: 5 on A x 2 and 3 on B give 13',
    order: {
      lines: [
        { price: 1, quantity: 2 },
        { price: 1, product: 2 },
      ],
    },
    rules: PRINTED,
    facts: printedOn({ 1: 5n, 2: 3n }),
    gives: ['13 points'],
  },
  {
    words: 'a printed point worth Rp 100 of credit: 5 on A x 2 give Rp 1,000',
    order: { lines: [{ price: 1, quantity: 2 }] },
    rules: { programs: [programOf(printedRule({ unitsPerPoint: 100_00n }), { unit: 'CREDIT' })] },
    facts: printedOn({ 1: 5n }),
    gives: ['Rp 1,000'],
  },
];

export const CONDITION_EXAMPLES: RuleExample[] = [
  {
    words: 'members only: who is no member earns nothing',
    order: { lines: [{ price: 100_000 }] },
    rules: { programs: [program({ rule: { membersOnly: true } })] },
    gives: [],
  },
  {
    words: 'members only: a member earns',
    order: { lines: [{ price: 100_000 }] },
    rules: { programs: [program({ rule: { membersOnly: true } })] },
    facts: { isMember: true },
    gives: ['10 points'],
  },
  {
    words: 'for resellers only: another customer earns nothing',
    order: { lines: [{ price: 100_000 }] },
    rules: { programs: [program({ rule: { categoryIds: [3n] } })] },
    facts: { categoryId: 2n },
    gives: [],
  },
  {
    words: 'the club is off for the category: nothing, whatever the programs say',
    order: { lines: [{ price: 100_000 }] },
    rules: {},
    facts: { hasClub: false },
    gives: [],
  },
  {
    words: 'a product with an excluded tag does not count',
    order: { lines: [{ price: 100_000 }, { price: 100_000, product: 2 }] },
    rules: without({ tags: ['sale'] }),
    facts: tagged(['sale']),
    gives: ['10 points'],
  },
  {
    words: 'a product of an excluded collection does not count',
    order: { lines: [{ price: 100_000 }] },
    rules: without({ collectionIds: [4n] }),
    facts: tagged([], [4n]),
    gives: [],
  },
  {
    words: 'an excluded product does not count',
    order: { lines: [{ price: 100_000 }, { price: 200_000, product: 2 }] },
    rules: without({ productIds: [2n] }),
    gives: ['10 points'],
  },
  {
    words: 'earning when handed over: two of three pieces of Rp 100,000 are handed over',
    order: { lines: [{ price: 100_000, quantity: 3, fulfilled: 2 }] },
    rules: { programs: [program({ rule: { earnAt: 'fulfilled' } })] },
    gives: ['20 points'],
  },
  {
    words: 'earning when handed over: nothing is handed over yet',
    order: { lines: [{ price: 100_000 }] },
    rules: { programs: [program({ rule: { earnAt: 'fulfilled' } })] },
    gives: [],
  },
  {
    words: 'two programs add up: one for spending, one for product A',
    order: { lines: [{ price: 100_000, quantity: 2 }] },
    rules: { programs: [program(), programOf(productRule(), { id: 2n })] },
    gives: ['20 points', '10 points'],
  },
  {
    words: 'one program pays in points, another in credit',
    order: { lines: [{ price: 100_000 }] },
    rules: {
      programs: [
        program(),
        program({ id: 2n, unit: 'CREDIT', rule: { stepMinor: 50_000_00n, units: 1_000_00n } }),
      ],
    },
    gives: ['10 points', 'Rp 2,000'],
  },
  {
    words: "an order with an amount in euro for the buyer counts in the shop's own money",
    order: { lines: [{ price: 100_000 }] },
    rules: {},
    gives: ['10 points'],
  },
];

export const OFFER_EXAMPLES: RuleExample[] = [
  {
    words: '2 % above 5,000,000 rial: an order of 5,000,001 rial gives 100,000.02 rial',
    order: rial(5_000_001),
    rules: IN_RIAL,
    gives: ['IRR 100,000.02'],
  },
  {
    words: 'exactly 5,000,000 rial is not above',
    order: rial(5_000_000),
    rules: IN_RIAL,
    gives: [],
  },
  {
    words: '10,000,000 of another currency than that of the offers',
    order: { currency: 'USD', lines: [{ price: 10_000_000 }] },
    rules: IN_RIAL,
    gives: [],
  },
  {
    words: '10,000,000 rial give 200,000',
    order: rial(10_000_000),
    rules: IN_RIAL,
    gives: ['IRR 200,000'],
  },
  {
    words:
      'in one group only the highest minimum counts: 1 % above 1 million, 3 % above 5 million, 6 million give 3 %',
    order: { lines: [{ price: 6_000_000 }] },
    rules: TWO_STEPS,
    gives: ['Rp 180,000'],
  },
  {
    words: 'a refund takes the order below 5 million: now the 1 % counts',
    order: { lines: [{ price: 3_000_000, quantity: 2 }] },
    refunds: [{ lines: { 1: 1 } }],
    rules: TWO_STEPS,
    gives: ['Rp 30,000'],
  },
  {
    words: 'groups add up: 3 % of one and 1 % of another',
    order: { lines: [{ price: 6_000_000 }] },
    rules: {
      ...TWO_STEPS,
      offers: [...TWO_STEPS.offers, offer({ offerId: 3n, groupId: 2n, minimumMinor: 0n, percentBp: 100 })],
    },
    gives: ['Rp 180,000', 'Rp 60,000'],
  },
  {
    words: 'usable from day 3 until day 30 after the purchase of 21 November',
    order: { lines: [{ price: 6_000_000 }] },
    rules: { programs: [], offers: [offer({ fromDays: 3, untilDays: 30 })] },
    gives: ['Rp 60,000 from 24 November 2026 to 21 December 2026'],
  },
  {
    words: 'an offer in points counts whole rupiah: 1 % of Rp 6,000,000 are 60,000 points',
    order: { lines: [{ price: 6_000_000 }] },
    rules: { programs: [], offers: [offer({ unit: 'POINTS' })] },
    gives: ['60,000 points'],
  },
];

export const TIER_EXAMPLES: RuleExample[] = [
  {
    words: 'Gold gives a quarter more: 10 points and 2 (2.5 rounded down)',
    order: { lines: [{ price: 100_000 }] },
    rules: {},
    facts: gold(125),
    gives: ['10 points', '2 points'],
  },
  {
    words: 'the multiplier is rounded once, on the sum: 10 + 10 points give 5 more, not 2 + 2',
    order: { lines: [{ price: 100_000, quantity: 1 }] },
    rules: { programs: [program(), program({ id: 2n })] },
    facts: gold(125),
    gives: ['10 points', '10 points', '5 points'],
  },
  {
    words: "a refund takes its part of the tier's extra with it",
    order: { lines: [{ price: 100_000, quantity: 2 }] },
    refunds: [{ lines: { 1: 1 } }],
    rules: {},
    facts: gold(150),
    gives: ['10 points', '5 points'],
  },
  {
    words: 'offers are not multiplied',
    order: { lines: [{ price: 6_000_000 }] },
    rules: { programs: [], offers: [offer()] },
    facts: gold(200),
    gives: ['Rp 60,000'],
  },
];

export const TIME_EXAMPLES: RuleExample[] = [
  {
    words: 'pending 14 days, then usable for 365 days to the end of the last: paid on 21 November 2026',
    order: { lines: [{ price: 100_000 }] },
    rules: { programs: [program({ rule: { pendingDays: 14, lifetimeDays: 365 } })] },
    gives: ['10 points from 5 December 2026 to 5 December 2027'],
  },
  {
    words: "usable for 0 days means until midnight of the same day in the shop's own time",
    order: { lines: [{ price: 100_000 }] },
    rules: { programs: [program({ rule: { lifetimeDays: 0 } })] },
    gives: ['10 points from 21 November 2026 to 21 November 2026'],
  },
  {
    words:
      'the club starts on 21 November: an order of the 20th, two seconds before midnight in Jakarta, gives nothing',
    order: { lines: [{ price: 100_000 }], processedAt: '2026-11-20T23:59:58+07:00' },
    rules: { startsOn: '2026-11-21' },
    gives: [],
  },
];

/** Facts of an example: nobody in particular, changed as told. */
export function factsOf({ facts = {} }: RuleExample): OrderFacts {
  return { ...NO_FACTS, ...facts };
}
