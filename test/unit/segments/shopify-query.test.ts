/**
 * Queries as Shopify publishes them, each with the rule it becomes or the precise error. From shopify.dev, "Segment
 * query language reference" (2026-10; R) and help.shopify.com, "Shopify-based customer segment filters" (H).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerFacts, Moment } from '#app/modules/segments/conditions/facts.ts';
import { printQuery } from '#app/modules/segments/query/print-query.ts';
import { readQuery } from '#app/modules/segments/query/read-query.ts';
import { SHOPIFY_CLAUSES_MAX, toShopifyQuery } from '#app/modules/segments/query/to-shopify.ts';
import { evaluate } from '#app/modules/segments/tree/evaluate.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { segmentFilter } from '../../../sandbox/shopify/segment-query.ts';
import { arbitraryCondition } from '../../support/segment-arbitraries.ts';

const words = { currency: 'USD', names: {} };
const one = (code: string, values: unknown) => ({ kind: 'condition', code, values });
const all = (...parts: unknown[]) => ({ kind: 'all', parts });
const any = (...parts: unknown[]) => ({ kind: 'any', parts });
const not = (part: unknown) => ({ kind: 'not', part });
const subscribed = one('email_consent', { op: 'anyOf', list: ['subscribed'] });
const canada = one('country', { op: 'anyOf', list: ['CA'] });
const spent = (value: string) => one('order_total', { op: 'moreThan', value });
const bought = (op: string, by: string, list: string[], period: unknown = null, more = {}) =>
  one('bought', { op, goods: { by, list }, period, ...more });

const READ: [string, string, unknown, string[]?][] = [
  ['R', "email_subscription_status = 'SUBSCRIBED'", subscribed],
  [
    'R',
    "email_subscription_status = 'SUBSCRIBED' AND customer_countries CONTAINS 'CA'",
    all(subscribed, canada),
  ],
  [
    'R',
    "email_subscription_status = 'SUBSCRIBED' OR customer_countries CONTAINS 'CA'",
    any(subscribed, canada),
  ],
  [
    'R',
    "email_subscription_status = 'SUBSCRIBED' AND customer_countries CONTAINS 'CA' OR amount_spent > 999.99",
    any(all(subscribed, canada), spent('99999')),
  ],
  [
    'R',
    "(email_subscription_status = 'SUBSCRIBED' AND customer_countries CONTAINS 'CA') OR amount_spent > 999.99",
    any(all(subscribed, canada), spent('99999')),
  ],
  [
    'R',
    "email_subscription_status = 'SUBSCRIBED' AND (customer_countries CONTAINS 'CA' OR amount_spent > 999.99)",
    all(subscribed, any(canada, spent('99999'))),
  ],
  ['R', 'last_order_date = 2020-05-30', one('last_order', { op: 'on', day: '2020-05-30' })],
  ['R', 'last_order_date != 2020-05-30', not(one('last_order', { op: 'on', day: '2020-05-30' }))],
  ['R', 'last_order_date > 2020-05-30', one('last_order', { op: 'after', day: '2020-05-30' })],
  ['R', 'last_order_date >= 2020-05-30', one('last_order', { op: 'after', day: '2020-05-29' })],
  ['R', 'last_order_date < 2020-05-30', one('last_order', { op: 'before', day: '2020-05-30' })],
  ['R', 'last_order_date <= 2020-05-30', one('last_order', { op: 'before', day: '2020-05-31' })],
  ['R', 'last_order_date > -7d', one('last_order', { op: 'lastDays', days: 6 })],
  ['R', 'last_order_date >= -2w', one('last_order', { op: 'lastDays', days: 14 })],
  [
    'R',
    'last_order_date = -1m',
    all(
      one('last_order', { op: 'lastDays', days: 30 }),
      one('last_order', { op: 'moreThanDaysAgo', days: 29 }),
    ),
    ['days'],
  ],
  ['R', 'last_order_date < -1y', one('last_order', { op: 'moreThanDaysAgo', days: 365 }), ['days']],
  [
    'R',
    'last_order_date BETWEEN 2021-01-01 AND today',
    one('last_order', { op: 'after', day: '2020-12-31' }),
  ],
  [
    'R',
    'last_order_date BETWEEN 2020-01-01 AND -7d',
    all(
      one('last_order', { op: 'after', day: '2019-12-31' }),
      one('last_order', { op: 'moreThanDaysAgo', days: 6 }),
    ),
  ],
  ['R', 'last_order_date = today', one('last_order', { op: 'lastDays', days: 0 })],
  [
    'R',
    'last_order_date = yesterday',
    all(
      one('last_order', { op: 'lastDays', days: 1 }),
      one('last_order', { op: 'moreThanDaysAgo', days: 0 }),
    ),
  ],
  ['H', 'last_order_date >= 30_days_ago', one('last_order', { op: 'lastDays', days: 30 })],
  ['H', 'customer_added_date >= 12_months_ago', one('added', { op: 'lastDays', days: 365 }), ['days']],
  ['H', 'last_order_date IS NULL', one('last_order', { op: 'isEmpty' })],
  ['R', 'amount_spent = 10.99', one('order_total', { op: 'is', value: '1099' })],
  ['R', 'amount_spent != 10.99', not(one('order_total', { op: 'is', value: '1099' }))],
  [
    'R',
    'amount_spent BETWEEN 100 AND 1000.99',
    one('order_total', { op: 'between', from: '10000', to: '100099' }),
  ],
  ['H', 'amount_spent BETWEEN 1 AND 999.99', one('order_total', { op: 'between', from: '100', to: '99999' })],
  [
    'R',
    'number_of_orders BETWEEN 100 AND 1000',
    one('order_count', { op: 'between', from: '100', to: '1000' }),
  ],
  ['R', 'number_of_orders < 10', one('order_count', { op: 'lessThan', value: '10' })],
  ['R', "customer_tags CONTAINS 'vip'", one('tags', { op: 'anyOf', list: ['vip'] })],
  ['R', "customer_tags NOT CONTAINS 'vip'", one('tags', { op: 'noneOf', list: ['vip'] })],
  ['R', "customer_tags CONTAINS '\\'VIP\\''", one('tags', { op: 'anyOf', list: ["'vip'"] })],
  [
    'R',
    'products_purchased MATCHES (id = 1234, count > 1)',
    bought('times', 'product', ['1234'], null, { from: '2', to: null }),
  ],
  ['R', 'products_purchased NOT MATCHES ()', one('order_count', { op: 'is', value: '0' }), ['orders']],
  ['R', "products_purchased MATCHES (tag = 'Sports wear')", bought('any', 'tag', ['Sports wear'])],
  [
    'R',
    'products_purchased MATCHES (id IN (2012162031638, 1012132033639))',
    bought('any', 'product', ['2012162031638', '1012132033639']),
  ],
  [
    'R',
    'products_purchased MATCHES (id = 1012132033639, date = 2022-01-01)',
    bought('any', 'product', ['1012132033639'], { op: 'between', from: '2022-01-01', to: '2022-01-01' }),
  ],
  [
    'R',
    'products_purchased NOT MATCHES (date > -3m)',
    not(one('last_order', { op: 'lastDays', days: 90 })),
    ['days', 'orders'],
  ],
  [
    'R',
    "products_purchased MATCHES (tag = 'Sports wear', date >= -12m)",
    bought('any', 'tag', ['Sports wear'], { op: 'lastDays', days: 365 }),
    ['days'],
  ],
  [
    'R',
    'products_purchased MATCHES (id = 1012132033639, date BETWEEN -12m AND today)',
    bought('any', 'product', ['1012132033639'], { op: 'lastDays', days: 365 }),
    ['days'],
  ],
  ['R', 'products_purchased(id: 1234) = true', bought('any', 'product', ['1234'])],
  ['R', 'products_purchased(id: 1234) = false', bought('none', 'product', ['1234'])],
  [
    'H',
    "products_purchased(tag: 'Sports wear', date: >= -30d) = true",
    bought('any', 'tag', ['Sports wear'], { op: 'lastDays', days: 30 }),
  ],
  [
    'H',
    "anniversary('metafields.facts.birth_date') BETWEEN today AND +30d",
    one('birthday', { op: 'nextDays', days: 30 }),
  ],
  [
    'H',
    "anniversary(date: 'metafields.facts.birth_date') BETWEEN today AND +30d",
    one('birthday', { op: 'nextDays', days: 30 }),
  ],
  ['R', "anniversary ('metafields.facts.birth_date') = today", one('birthday', { op: 'nextDays', days: 0 })],
  [
    'H',
    'FROM customers\nSHOW customer_name, note, subscription_status, location, orders, amount_spent\nWHERE number_of_orders > 5\nORDER BY updated_at',
    one('order_count', { op: 'moreThan', value: '5' }),
  ],
];

/** What Setia can't ask, and where in the text that is. */
const REFUSED: [string, string, string, string][] = [
  ['H', 'abandoned_checkout_date >= 7_days_ago', 'not_stored', 'abandoned_checkout_date'],
  ['R', "customer_account_status = 'DISABLED'", 'not_stored', 'customer_account_status'],
  ['R', 'shopify_email.opened MATCHES (activity_id = 5240029206)', 'not_stored', 'shopify_email.opened'],
  ['R', "customer_email_domain = 'example.com'", 'instead', 'customer_email_domain'],
  ['H', "customer_cities CONTAINS 'US-NY-NewYorkCity'", 'place_code', 'customer_cities'],
  ['R', 'products_purchased MATCHES (id NOT IN (1012132033639))', 'combination', 'id NOT IN (1012132033639'],
  ['R', 'products_purchased MATCHES (quantity = 5)', 'instead', 'quantity = 5'],
  ['R', 'last_order_date > 2020-05-30T16:00:00', 'time', '2020-05-30T16:00:00'],
  ['R', 'last_order_date BETWEEN 1pm AND 3pm', 'character', '1'],
  ['R', 'last_order_date BETWEEN 2020-02-30 AND 2020-03-30', 'value', '2020-02-30'],
];

describe("Shopify's own queries", () => {
  it.each(READ)('%s: %s', (_source, query, rule, notes = []) => {
    const read = readQuery(query, words);
    expect(read).toMatchObject({ ok: true, rule });
    if (read.ok) expect(read.notes.map(({ code }) => code)).toEqual(notes);
  });

  it.each(REFUSED)('%s: %s is refused', (_source, query, code, where) => {
    const read = readQuery(query, words);
    if (read.ok) throw new Error('read');
    const { span } = read.error;
    expect([read.error.code, query.slice(span.start, span.end)]).toEqual([code, where]);
  });
});

const TODAY = '2026-03-01';
const moment = { today: TODAY, now: new Date(`${TODAY}T12:00:00Z`), timeZone: 'UTC' } as Moment;
const instant = fc.option(
  fc.integer({ min: 0, max: 900 }).map((days) => new Date(moment.now.getTime() - days * 86_400_000)),
);

/** As far as Shopify's attributes ask. */
const customers = fc.record({
  tags: fc.subarray(['vip', 'gold', "it's"]),
  countryCode: fc.constantFrom(null, 'ID', 'TH'),
  ordersValid: fc.integer({ min: 0, max: 6 }),
  spendMinor: fc.constantFrom(0n, 1n, 2n, 500n, 1_234n, 20_000n),
  addedAt: instant,
  firstOrderAt: instant,
  lastOrderAt: instant,
  emailConsent: fc.constantFrom('subscribed', 'unsubscribed', 'pending', 'not_subscribed'),
  smsConsent: fc.constantFrom('subscribed', 'unsubscribed'),
  purchases: fc.array(
    fc.record({
      orderId: fc.constantFrom('1', '2', '3'),
      productId: fc.constantFrom('1', '2', '3', '4'),
      variantId: fc.constant(null),
      boughtAt: instant.map((at) => at ?? moment.now),
      quantity: fc.constant(1),
      netMinor: fc.constant(100n),
    }),
    { maxLength: 4 },
  ),
});
const PRODUCTS = new Map(
  ['1', '2', '3', '4'].map((id) => [
    id,
    { collectionIds: [], type: null, vendor: null, tags: id < '3' ? ['sale'] : [] },
  ]),
);

describe('a rule for Shopify', () => {
  const codes = [
    'added',
    'tags',
    'country',
    'order_count',
    'order_total',
    'first_order',
    'last_order',
    'email_consent',
    'bought',
  ] as const;
  const ids = { categories: [], tiers: [], rewards: [], offers: [] };
  const condition: fc.Arbitrary<SegmentNode> = fc
    .constantFrom(...codes)
    .chain((code) => arbitraryCondition(code, ids));
  const rules: fc.Arbitrary<SegmentNode> = fc.letrec<{ node: SegmentNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 2 },
      condition,
      fc.record({ kind: fc.constant('not' as const), part: tie('node') }),
      fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        parts: fc.array(tie('node'), { minLength: 1, maxLength: 2 }),
      }),
    ),
  })).node;

  it('means the same customers, in clauses of Shopify alone', () => {
    let written = 0;
    fc.assert(
      fc.property(rules, fc.array(customers, { minLength: 5, maxLength: 20 }), (rule, drawn) => {
        const made = toShopifyQuery(rule, words);
        if (!made.ok) return;
        written += 1;
        expect(made.query).not.toMatch(/NOT \(|ANY|ALL|NOT products|NOT customer|this_|last_month/);
        // Shopify's part in the demo and the tests knows all of it.
        segmentFilter(made.query);
        const read = readQuery(made.query, words);
        if (!read.ok || read.rule === null) throw new Error(`${made.query}: unread`);
        for (const own of drawn) {
          const customer = { ...own, products: PRODUCTS } as unknown as CustomerFacts;
          expect([made.query, evaluate(read.rule, customer, moment)]).toEqual([
            made.query,
            evaluate(rule, customer, moment),
          ]);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(written).toBeGreaterThan(300);
  });

  const read = (text: string): SegmentNode => {
    const found = readQuery(text, words);
    if (!found.ok || found.rule === null) throw new Error(text);
    return found.rule;
  };

  it.each([
    ["customer_tags CONTAINS ANY ('a', 'b')", "customer_tags CONTAINS 'a' OR customer_tags CONTAINS 'b'"],
    ["member = true OR NOT (number_of_orders > 3 AND customer_tags CONTAINS 'a')", ['member']],
    [
      "NOT (number_of_orders > 3 AND customer_tags CONTAINS 'a')",
      "number_of_orders <= 3 OR customer_tags NOT CONTAINS 'a'",
    ],
    [
      'NOT last_order_date >= -30d AND amount_spent > 10',
      '(last_order_date < -30d OR last_order_date IS NULL) AND amount_spent > 10',
    ],
    ['points_available > 3 AND city IS NULL', ['points_available', 'city']],
  ])('%s', (text, expected) => {
    const made = toShopifyQuery(read(text), words);
    if (typeof expected === 'string') expect(made).toEqual({ ok: true, query: expected });
    else
      expect(made.ok || made.reason !== 'conditions' || made.conditions.map(({ code }) => code)).toEqual(
        expected,
      );
  });

  it('is none with more clauses than Shopify takes', () => {
    const list = Array.from({ length: SHOPIFY_CLAUSES_MAX + 1 }, (_, index) => `t${index}`);
    const rule = read(
      printQuery(read(`customer_tags CONTAINS ANY (${list.map((tag) => `'${tag}'`).join(', ')})`), words),
    );
    expect(toShopifyQuery(rule, words)).toEqual({ ok: false, reason: 'clauses', count: list.length });
  });
});
