/** What always holds of the price arithmetic, on carts drawn at random, against bigint arithmetic written apart from it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cartLinesDiscountsGenerateRun } from '../../../extensions/category-price/src/index.ts';
import { cutPercent, reductionToStep } from '../../../extensions/shared/price/amounts.ts';
import { type PriceInput } from '../../../extensions/shared/price/input.ts';
import {
  LIST,
  NONE,
  PERCENT,
  priceLines,
  savingOf,
  TIER,
} from '../../../extensions/shared/price/price-lines.ts';
import { readTerms } from '../../../extensions/shared/price/terms.ts';
import {
  type CartFields,
  comparable,
  type LineFields,
  priceInput,
  priceRules,
} from '../../support/price-input.ts';
import { type ReferencePrice, referencePrices } from '../../support/price-reference.ts';

const RUNS = { numRuns: 600 };

/** Prices that meet round percents and steps, and ones up to 900 billion minor units. */
const minor = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 1, max: 400 }).map((each) => each * 25_000),
  fc.integer({ min: 1, max: 50_000_000 }),
  fc.integer({ min: 1, max: 900_000_000_000 }),
);
const bp = fc.oneof(fc.constantFrom(0, 500, 1000, 1275, 10_000), fc.integer({ min: 0, max: 10_000 }));
const threshold = fc.integer({ min: 1, max: 30 });
const set = fc.constantFrom('a' as const, 'b' as const);
const orNone = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const category = fc
  .record({
    bp: orNone(bp),
    breaks: orNone(fc.array(fc.tuple(threshold, bp), { maxLength: 4 })),
    per: orNone(fc.constantFrom('line', 'product')),
    min: orNone(fc.integer({ min: 0, max: 90_000_000 }).map(String)),
    minQty: orNone(fc.integer({ min: 0, max: 20 })),
    only: orNone(set),
    not: orNone(set),
    sale: orNone(fc.boolean()),
    subs: orNone(fc.boolean()),
    list: orNone(fc.boolean()),
    step: orNone(fc.constantFrom('1', '3', '99', '100000', '50000')),
  })
  .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));

const text = (amount: number) => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;

const line: fc.Arbitrary<LineFields> = fc.record({
  quantity: fc.integer({ min: 1, max: 40 }),
  amount: minor.map(text),
  compareAt: fc.option(minor.map(text), { nil: null }),
  prices: orNone(
    fc
      .array(fc.tuple(threshold, minor.map(String)), { maxLength: 3 })
      .map((reseller) => ({ v: 1, reseller })),
  ),
  product: fc.constantFrom('1', '2', '3'),
  isGiftCard: fc.integer({ min: 0, max: 9 }).map((each) => each === 0),
  isSubscription: fc.integer({ min: 0, max: 9 }).map((each) => each === 0),
  isCustom: fc.integer({ min: 0, max: 9 }).map((each) => each === 0),
  a: fc.boolean(),
  b: fc.boolean(),
});

const cart: fc.Arbitrary<CartFields> = fc
  .record({
    rule: category,
    tier: fc.option(bp),
    person: orNone(bp),
    lines: fc.array(line, { minLength: 1, maxLength: 8 }),
  })
  .map(({ rule, tier, person, lines }) => ({
    rules: priceRules(rule, tier === null ? null : { bp: tier }),
    person: {
      v: 1,
      cat: 'reseller',
      ...(tier === null ? {} : { tier: 'gold' }),
      ...(person === undefined ? {} : { bp: person }),
    },
    lines,
  }));

/** What the arithmetic takes off each line, with the rule that won. */
function savings(input: PriceInput): { rule: number; saving: number }[] {
  const terms = readTerms(input);
  if (!terms) return input.cart.lines.map(() => ({ rule: NONE, saving: 0 }));
  const { rules, values } = priceLines(terms, input.cart.lines);
  return input.cart.lines.map((each, index) => {
    const unit = Math.round(Number(each.cost.amountPerQuantity.amount) * 100);
    return { rule: rules[index] ?? NONE, saving: savingOf(values[index] ?? 0, unit, each.quantity) };
  });
}

/** The rule of the largest saving; of equal ones the category's percent, then the list, then the tier. */
function winnerOf({ percent, list, tier, saving }: ReferencePrice): number {
  if (saving === 0n) return NONE;
  if (percent === saving) return PERCENT;
  return list === saving ? LIST : tier === saving ? TIER : NONE;
}

describe('carts', () => {
  test('each line has the saving of the bigint arithmetic, from the rule that wins there', () => {
    fc.assert(
      fc.property(cart, (fields) => {
        const input = priceInput(fields);
        const expected = referencePrices(input);
        const actual = savings(input);
        expect(actual.map(({ saving }) => BigInt(saving))).toEqual(expected.map(({ saving }) => saving));
        // Where a percent takes less than one minor unit, nothing is taken and no rule can win.
        const winners = actual.map(({ rule, saving }) => (saving === 0 ? NONE : rule));
        expect(winners).toEqual(expected.map(winnerOf));
      }),
      RUNS,
    );
  });

  test('no line goes below zero, and none is dearer than the better of category, list and tier', () => {
    fc.assert(
      fc.property(cart, (fields) => {
        const input = priceInput(fields);
        const expected = referencePrices(input);
        for (const [index, { saving }] of savings(input).entries()) {
          const { gross, percent, list, tier } = expected[index]!;
          expect(BigInt(saving)).toBeLessThanOrEqual(gross);
          expect(saving).toBeGreaterThanOrEqual(0);
          for (const each of [percent, list, tier]) expect(BigInt(saving)).toBeGreaterThanOrEqual(each);
        }
      }),
      RUNS,
    );
  });

  test("the lines' order does not matter", () => {
    fc.assert(
      fc.property(cart, (fields) => {
        const input = priceInput(fields);
        const turned = { ...input, cart: { ...input.cart, lines: input.cart.lines.toReversed() } };
        expect(savings(turned)).toEqual(savings(input).toReversed());
        expect(comparable(cartLinesDiscountsGenerateRun(turned))).toEqual(
          comparable(cartLinesDiscountsGenerateRun(input)),
        );
      }),
      RUNS,
    );
  });

  test('the operations carry what each line has, one candidate a line', () => {
    fc.assert(
      fc.property(cart, (fields) => {
        const input = priceInput(fields);
        const { operations } = cartLinesDiscountsGenerateRun(input);
        const byLine = new Map<string, number>();
        for (const operation of operations) {
          if (!('productDiscountsAdd' in operation)) continue;
          for (const { targets, value } of operation.productDiscountsAdd.candidates) {
            for (const { cartLine } of targets) {
              expect(byLine.has(cartLine.id)).toBe(false);
              const its = input.cart.lines.find(({ id }) => id === cartLine.id)!;
              const unit = Math.round(Number(its.cost.amountPerQuantity.amount) * 100);
              byLine.set(
                cartLine.id,
                'percentage' in value
                  ? savingOf(Math.round(Number(value.percentage.value) * 100), unit, its.quantity)
                  : Math.round(Number(value.fixedAmount.amount) * 100) * its.quantity,
              );
            }
          }
        }
        const expected = savings(input).map(({ saving }) => saving);
        expect(input.cart.lines.map(({ id }) => byLine.get(id) ?? 0)).toEqual(expected);
      }),
      RUNS,
    );
  });
});

describe('amounts', () => {
  test('a percent is cut off exactly, up to 900,000 billion minor units', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9e14 }),
        fc.integer({ min: 0, max: 10_000 }),
        (amount, percent) => {
          expect(BigInt(cutPercent(amount, percent))).toBe((BigInt(amount) * BigInt(percent)) / 10_000n);
        },
      ),
      RUNS,
    );
  });

  test.each([
    // 79.98 at 4 % costs 76.79, and 23 at 2.17 % twice 45.01: cut off on the line's total.
    [7998, 400, 319],
    [4600, 217, 99],
    [1, 9999, 0],
    [900_000_000_000, 9999, 899_910_000_000],
  ])('of %i at %i hundredths of a percent %i are taken', (amount, percent, taken) => {
    expect(cutPercent(amount, percent)).toBe(taken);
  });

  test('rounding to a step is exact half up, never dearer and never free', () => {
    const unit = fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 900_000_000_000 }));
    const step = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constantFrom(99, 100, 50_000, 100_000));
    fc.assert(
      fc.property(unit, fc.integer({ min: 1, max: 10_000 }), step, (price, percent, multiple) => {
        const after = BigInt(price) * BigInt(10_000 - percent);
        const whole = BigInt(multiple) * 10_000n;
        const rounded = ((2n * after + whole) / (2n * whole)) * BigInt(multiple);
        const reduction = BigInt(reductionToStep(price, percent, multiple));
        if (rounded === 0n && after >= 10_000n) {
          expect(reduction).toBe((BigInt(price) * BigInt(percent)) / 10_000n);
        } else expect(reduction).toBe(rounded < BigInt(price) ? BigInt(price) - rounded : 0n);
      }),
      RUNS,
    );
  });
});
