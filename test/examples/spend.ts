/** What orders earn by "Rp 100,000 gives 10 points", in examples a merchant could check with a pencil. */
import type { SpendRule } from '#app/modules/earning/rules/program.ts';
import type { OrderSpec, RefundSpec } from '#test/support/orders.ts';

export interface Example {
  words: string;
  order: Partial<OrderSpec>;
  /** Refunds that came by themselves (refunds/create). */
  refunds?: Omit<RefundSpec, 'id' | 'order'>[];
  rule?: Partial<SpendRule>;
  points: bigint;
}

const TAX_TOO = { includeTax: true };
const SHIPPING_TOO = { includeShipping: true };

export const EXAMPLES: Example[] = [
  { words: 'Rp 100,000 gives 10 points', order: { lines: [{ price: 100_000 }] }, points: 10n },
  { words: 'Rp 99,999.99 gives nothing', order: { lines: [{ price: 99_999.99 }] }, points: 0n },
  {
    words: 'Rp 199,999 gives 10: only full steps count',
    order: { lines: [{ price: 199_999 }] },
    points: 10n,
  },
  { words: 'Rp 250,000 gives 20', order: { lines: [{ price: 250_000 }] }, points: 20n },
  {
    words: 'lines add up before they are cut into steps',
    order: { lines: [{ price: 60_000 }, { price: 50_000 }] },
    points: 10n,
  },
  {
    words: 'three pieces of 50,000 are 150,000',
    order: { lines: [{ price: 50_000, quantity: 3 }] },
    points: 10n,
  },

  {
    words: 'a discount on a line lowers what counts',
    order: { lines: [{ price: 120_000 }], discounts: [{ takes: [30_000] }] },
    points: 0n,
  },
  {
    words: 'two discounts on one line both count',
    order: { lines: [{ price: 230_000 }], discounts: [{ takes: [20_000] }, { code: 'A', takes: [20_000] }] },
    points: 10n,
  },
  {
    words: "a redemption's own discount earns nothing either",
    order: { lines: [{ price: 200_000 }], discounts: [{ code: 'SETIA-1', takes: [50_000] }] },
    points: 10n,
  },
  {
    words: 'a discount on shipping leaves the goods alone',
    order: {
      lines: [{ price: 100_000 }],
      shipping: 20_000,
      discounts: [{ code: 'SHIP', takes: [], shipping: 20_000 }],
    },
    points: 10n,
  },
  {
    words: 'discounted to nothing earns nothing',
    order: { lines: [{ price: 100_000 }], discounts: [{ takes: [100_000] }] },
    points: 0n,
  },

  { words: 'tax on top does not count', order: { lines: [{ price: 99_000, tax: 10_890 }] }, points: 0n },
  {
    words: 'tax on top counts if the shop says so',
    order: { lines: [{ price: 99_000, tax: 10_890 }] },
    rule: TAX_TOO,
    points: 10n,
  },
  {
    words: 'tax inside the price is taken out',
    order: { taxesIncluded: true, lines: [{ price: 110_000, tax: 10_900.9 }] },
    points: 0n,
  },
  {
    words: 'tax inside the price stays in if the shop says so',
    order: { taxesIncluded: true, lines: [{ price: 110_000, tax: 10_900.9 }] },
    rule: TAX_TOO,
    points: 10n,
  },

  { words: 'shipping does not count', order: { lines: [{ price: 90_000 }], shipping: 20_000 }, points: 0n },
  {
    words: 'shipping counts if the shop says so',
    order: { lines: [{ price: 90_000 }], shipping: 20_000 },
    rule: SHIPPING_TOO,
    points: 10n,
  },
  {
    words: 'shipping counts less its own discount',
    order: { lines: [{ price: 90_000 }], shipping: 20_000, discounts: [{ takes: [], shipping: 15_000 }] },
    rule: SHIPPING_TOO,
    points: 0n,
  },
  {
    words: 'refunded shipping no longer counts',
    order: { lines: [{ price: 90_000 }], shipping: 20_000 },
    refunds: [{ shipping: 15_000 }],
    rule: SHIPPING_TOO,
    points: 0n,
  },
  {
    words: 'tax of shipping counts only with both',
    order: { lines: [{ price: 90_000 }], shipping: 9_500, shippingTax: 1_045 },
    rule: { ...SHIPPING_TOO, ...TAX_TOO },
    points: 10n,
  },
  {
    words: 'refunded shipping takes its tax with it',
    order: { lines: [{ price: 99_500 }], shipping: 9_500, shippingTax: 1_045 },
    refunds: [{ shipping: 9_500 }],
    rule: { ...SHIPPING_TOO, ...TAX_TOO },
    points: 0n,
  },
  {
    words: 'refunded shipping is no matter where it never counted',
    order: { lines: [{ price: 100_000 }], shipping: 20_000 },
    refunds: [{ shipping: 20_000 }],
    points: 10n,
  },

  {
    words: 'gift cards earn nothing',
    order: { lines: [{ price: 500_000, gift: true }, { price: 100_000 }] },
    points: 10n,
  },
  {
    words: 'tips earn nothing',
    order: { lines: [{ price: 100_000, tip: true }, { price: 100_000 }] },
    points: 10n,
  },

  {
    words: 'one piece of three given back',
    order: { lines: [{ price: 100_000, quantity: 3 }] },
    refunds: [{ lines: { 1: 1 } }],
    points: 20n,
  },
  {
    words: "a given-back piece takes its share of the line's discount with it",
    order: { lines: [{ price: 100_000, quantity: 2 }], discounts: [{ takes: [80_000] }] },
    refunds: [{ lines: { 1: 1 } }],
    points: 0n,
  },
  {
    words: 'two refunds add up',
    order: { lines: [{ price: 100_000, quantity: 3 }] },
    refunds: [{ lines: { 1: 1 } }, { lines: { 1: 1 } }],
    points: 10n,
  },
  {
    words: 'every piece given back leaves nothing',
    order: { lines: [{ price: 100_000, quantity: 3 }] },
    refunds: [{ lines: { 1: 3 } }],
    points: 0n,
  },
  {
    words: 'more pieces given back than bought leave nothing, not less',
    order: { lines: [{ price: 100_000, quantity: 1 }, { price: 100_000 }] },
    refunds: [{ lines: { 1: 1 } }, { lines: { 1: 1 } }],
    points: 10n,
  },
  {
    words: 'a refund of a gift card changes nothing',
    order: { lines: [{ price: 500_000, gift: true }, { price: 100_000 }] },
    refunds: [{ lines: { 1: 1 } }],
    points: 10n,
  },
  {
    words: 'a piece removed by editing the order',
    order: { lines: [{ price: 100_000, quantity: 3, left: 2 }] },
    points: 20n,
  },
  {
    words: 'the same refund seen in the order and as an event of its own counts once',
    order: {
      lines: [{ price: 100_000, quantity: 3, left: 2 }],
      refunds: [{ id: 5, order: 7, lines: { 1: 1 } }],
    },
    points: 20n,
  },
  {
    words: 'a refund of a line that the order does not have',
    order: { lines: [{ price: 100_000 }] },
    refunds: [{ lines: { 44: 1 } }],
    points: 10n,
  },

  {
    words: 'half the money back without naming lines halves what counts',
    order: { lines: [{ price: 400_000 }] },
    refunds: [{ extra: 200_000 }],
    points: 20n,
  },
  {
    words: 'money back takes its share of what does not count too',
    order: { lines: [{ price: 200_000 }, { price: 200_000, gift: true }] },
    refunds: [{ extra: 200_000 }],
    points: 10n,
  },
  {
    words: 'money back is a share of goods, tax and shipping',
    order: { lines: [{ price: 200_000, tax: 22_000 }], shipping: 18_000 },
    refunds: [{ extra: 120_000 }],
    points: 10n,
  },
  {
    words: 'a piece and some money: 300,000 less 100,000 less a half',
    order: { lines: [{ price: 100_000, quantity: 3 }] },
    refunds: [{ lines: { 1: 1 } }, { extra: 100_000 }],
    points: 10n,
  },
  {
    words: 'all the money back',
    order: { lines: [{ price: 300_000 }] },
    refunds: [{ extra: 300_000 }],
    points: 0n,
  },
  {
    words: 'more money back than the order was worth',
    order: { lines: [{ price: 300_000 }] },
    refunds: [{ extra: 900_000 }],
    points: 0n,
  },
  {
    words:
      'less money back than the given-back line was worth (positive adjustment): the line still counts as gone',
    order: { lines: [{ price: 100_000 }, { price: 100_000 }] },
    refunds: [{ lines: { 1: 1 }, extra: -30_000 }],
    points: 10n,
  },

  { words: 'not paid yet', order: { financial: 'pending', lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'only authorized', order: { financial: 'authorized', lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'partly paid', order: { financial: 'partially_paid', lines: [{ price: 100_000 }] }, points: 0n },
  {
    words: 'partly refunded in its status alone',
    order: { financial: 'partially_refunded', lines: [{ price: 100_000 }] },
    points: 10n,
  },
  {
    words: 'wholly refunded in its status alone',
    order: { financial: 'refunded', lines: [{ price: 100_000 }] },
    points: 0n,
  },
  { words: 'voided', order: { financial: 'voided', lines: [{ price: 100_000 }] }, points: 0n },
  {
    words: 'cancelled',
    order: { cancelledAt: '2026-11-21T00:00:00Z', lines: [{ price: 100_000 }] },
    points: 0n,
  },
  { words: 'a test order', order: { test: true, lines: [{ price: 100_000 }] }, points: 0n },
  {
    words: 'an order in dollars, of before the currency of the shop changed',
    order: { currency: 'USD', lines: [{ price: 100_000 }] },
    points: 0n,
  },
  { words: 'a guest', order: { customer: null, lines: [{ price: 100_000 }] }, points: 0n },
  { words: 'an order of nothing', order: { lines: [] }, points: 0n },
  { words: 'a line of no pieces', order: { lines: [{ price: 100_000, quantity: 0 }] }, points: 0n },
];
