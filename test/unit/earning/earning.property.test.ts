/** Random rule sets over random orders, held against a model that reckons in plain numbers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { entitlement, explainEarning, entitlementsOf } from '#app/modules/earning/rules/entitlement.ts';
import { NO_FACTS, loadFacts, storeFacts, type OrderFacts } from '#app/modules/orders/rules/kept-facts.ts';
import { PLAIN_TERMS, type EarnProgram, type EarnRules } from '#app/modules/earning/rules/program.ts';
import { loadRules, storeRules } from '#app/modules/earning/rules/rules-json.ts';
import { modelEarning, type ModelCase, type ModelProgram } from '#test/support/earning-model.ts';
import { orderPayload } from '#test/support/orders.ts';
import { clubRules, offer } from '#test/support/rules.ts';

const ELIGIBLE_AT = new Date('2026-11-21T03:00:00Z');
const product = fc.integer({ min: 1, max: 3 });
const variant = fc.integer({ min: 1, max: 2 });
const few = fc.integer({ min: 1, max: 4 });
const unit = fc.constantFrom('POINTS' as const, 'CREDIT' as const);
const some = <T>(item: fc.Arbitrary<T>) => fc.option(fc.array(item, { maxLength: 2 }), { freq: 2 });

const line = fc
  .record({
    product,
    variant,
    price: fc.integer({ min: 1, max: 30 }).map((whole) => whole * 100),
    quantity: few,
    gift: fc.nat({ max: 9 }).map((chance) => chance === 0),
    shares: fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 }), fc.nat({ max: 100 })),
  })
  .map(({ shares: [discount, refunded, fulfilled], ...rest }) => ({
    ...rest,
    discount: Math.floor((rest.price * rest.quantity * Math.max(0, discount - 60)) / 100),
    refunded: Math.floor((rest.quantity * Math.max(0, refunded - 40)) / 60),
    fulfilled: Math.floor((rest.quantity * fulfilled) / 60),
  }))
  .map((each) => ({ ...each, fulfilled: Math.min(each.quantity, each.fulfilled) }));

const terms = fc.record({
  earnAt: fc.constantFrom('paid' as const, 'paid' as const, 'fulfilled' as const),
  membersOnly: fc.boolean(),
  categories: some(fc.integer({ min: 1, max: 2 })),
  tiers: some(fc.integer({ min: 1, max: 2 })),
  withoutProducts: fc.array(product, { maxLength: 1 }),
  withoutCollections: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 1 }),
  withoutTags: fc.array(fc.constantFrom('sale', 'new'), { maxLength: 1 }),
  unit,
});
const kind = fc.oneof(
  fc.record({ kind: fc.constant('spend' as const), step: fc.integer({ min: 1, max: 3_000 }), units: few }),
  fc.record({
    kind: fc.constant('product' as const),
    rows: fc.array(
      fc.record({
        product,
        variant: fc.option(variant),
        quantity: fc.integer({ min: 1, max: 3 }),
        units: few,
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  fc.record({ kind: fc.constant('printed' as const), worth: few }),
);
const program = fc.tuple(terms, kind).map(([own, rule]): ModelProgram => ({ ...own, ...rule }));

const anyCase: fc.Arbitrary<ModelCase> = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  programs: fc.array(program, { maxLength: 4 }),
  offers: fc
    .array(
      fc.record({
        group: fc.integer({ min: 1, max: 2 }),
        unit,
        minimum: fc.integer({ min: 0, max: 12 }).map((whole) => whole * 500),
        percentBp: fc.integer({ min: 1, max: 10_000 }),
      }),
      { maxLength: 5 },
    )
    .map((offers) => offers.map((each, index) => ({ ...each, id: index + 1 }))),
  isMember: fc.boolean(),
  category: fc.option(fc.integer({ min: 1, max: 2 })),
  tier: fc.option(
    fc.record({ id: fc.integer({ min: 1, max: 2 }), percent: fc.integer({ min: 100, max: 250 }) }),
  ),
  products: fc.constant([]).chain(() =>
    fc.tuple(
      ...[1, 2, 3].map((id) =>
        fc.record({
          id: fc.constant(id),
          tags: fc.subarray(['sale', 'new']),
          collections: fc.subarray([1, 2]),
          points: fc.nat({ max: 5 }),
        }),
      ),
    ),
  ),
});

function rulesOf({ programs, offers }: ModelCase): EarnRules {
  return clubRules(
    programs.map((each, index): EarnProgram => {
      const own = {
        ...PLAIN_TERMS,
        earnAt: each.earnAt,
        membersOnly: each.membersOnly,
        categoryIds: each.categories?.map(BigInt) ?? null,
        tierIds: each.tiers?.map(BigInt) ?? null,
        excluded: {
          productIds: each.withoutProducts.map(BigInt),
          collectionIds: each.withoutCollections.map(BigInt),
          tags: each.withoutTags,
        },
      };
      return {
        programId: BigInt(index + 1),
        version: 1,
        name: '',
        unit: each.unit,
        rule: ruleOf(each, own),
        startsAt: null,
        endsAt: null,
      };
    }),
    {
      offers: offers.map((each) =>
        offer({
          offerId: BigInt(each.id),
          groupId: BigInt(each.group),
          unit: each.unit,
          minimumMinor: BigInt(each.minimum),
          percentBp: each.percentBp,
        }),
      ),
    },
  );
}

function ruleOf(each: ModelProgram, own: typeof PLAIN_TERMS): EarnProgram['rule'] {
  if (each.kind === 'spend')
    return { ...own, kind: 'spend', stepMinor: BigInt(each.step), units: BigInt(each.units) };
  if (each.kind === 'printed') return { ...own, kind: 'printed', unitsPerPoint: BigInt(each.worth) };
  const rows = each.rows.map((row) => ({
    productId: BigInt(row.product),
    variantId: row.variant === null ? null : BigInt(row.variant),
    quantity: row.quantity,
    units: BigInt(row.units),
    title: '',
  }));
  return { ...own, kind: 'product', rows };
}

function factsOf(order: ModelCase): OrderFacts {
  return {
    ...NO_FACTS,
    isMember: order.isMember,
    categoryId: order.category === null ? null : BigInt(order.category),
    tier: order.tier && { tierId: BigInt(order.tier.id), name: '', multiplierPercent: order.tier.percent },
    products: new Map(
      order.products.map(({ id, tags, collections, points }) => [
        BigInt(id),
        { tags, collectionIds: collections.map(BigInt), printedPoints: BigInt(points) },
      ]),
    ),
  };
}

function inputOf(given: ModelCase) {
  const { order, refunds } = decodeOrder(
    orderPayload({
      id: 7,
      customer: 9,
      lines: given.lines.map((each) => ({ ...each, price: each.price / 100 })),
      discounts: [{ takes: given.lines.map(({ discount }) => discount / 100) }],
      refunds: [
        {
          id: 1,
          order: 7,
          lines: Object.fromEntries(given.lines.map(({ refunded }, index) => [index + 1, refunded])),
        },
      ],
    }),
  );
  return { order, refunds, rules: rulesOf(given), facts: factsOf(given), eligibleAt: ELIGIBLE_AT };
}

const GROUP_OF = { order_spend: 'programs', order_product: 'programs', offer: 'offers', tier_bonus: 'tier' };

test('every rule set gives what the plain model gives', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyCase, (given) => {
      const sums: Record<string, number> = {};
      for (const { kind: group, unit: of, amount } of entitlement(inputOf(given))) {
        const key = `${of} ${GROUP_OF[group]}`;
        sums[key] = (sums[key] ?? 0) + Number(amount);
        seen.add(key);
      }
      expect(sums).toEqual(modelEarning(given));
    }),
    { numRuns: 2_000 },
  );
  expect([...seen].sort()).toEqual([
    'CREDIT offers',
    'CREDIT programs',
    'CREDIT tier',
    'POINTS offers',
    'POINTS programs',
    'POINTS tier',
  ]);
});

test('rules and facts come back from the database as they went in, and give the same', () => {
  fc.assert(
    fc.property(anyCase, (given) => {
      const input = inputOf(given);
      const rules = loadRules(JSON.parse(JSON.stringify(storeRules(input.rules))));
      const facts = loadFacts(JSON.parse(JSON.stringify(storeFacts(input.facts))));
      expect(rules).toEqual(input.rules);
      expect(facts).toEqual(input.facts);
      expect(entitlement({ ...input, rules, facts })).toEqual(entitlement(input));
    }),
    { numRuns: 500 },
  );
});

test('the explanation adds up to what is given, and each silent rule says why', () => {
  fc.assert(
    fc.property(anyCase, (given) => {
      const input = inputOf(given);
      const explained = explainEarning(input);
      const { nothingBecause, outcomes } = explained;
      expect(nothingBecause).toBeNull();
      expect(entitlementsOf(explained)).toEqual(entitlement(input));
      for (const outcome of outcomes)
        expect(outcome.silentBecause === null).toBe(outcome.entitlements.length > 0);
    }),
    { numRuns: 500 },
  );
});
