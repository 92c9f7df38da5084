/** Where a category's price applies, and how prices are shown to its customers. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cartLinesDiscountsGenerateRun } from '../../../extensions/category-price/src/index.ts';
import { taxLeftOut, withoutTax } from '../../../extensions/shared/price/tax.ts';
import { priceInput, priceRules } from '../../support/price-input.ts';

const messages = (category: object, isTill: boolean, tier: object | null = null): unknown[] => {
  const person = { v: 1, cat: 'reseller', ...(tier ? { tier: 'gold' } : {}) };
  const input = priceInput({ rules: priceRules(category, tier), person, isTill, isAuthenticated: !isTill });
  return cartLinesDiscountsGenerateRun(input).operations.flatMap((operation) =>
    'productDiscountsAdd' in operation
      ? operation.productDiscountsAdd.candidates.map(({ message }) => message)
      : [],
  );
};

describe('the till', () => {
  test('has the price, unless the category says not; the shop on the web has it anyway', () => {
    expect(messages({}, true)).toEqual(['Reseller price']);
    expect(messages({ pos: true }, true)).toEqual(['Reseller price']);
    expect(messages({ pos: false }, true)).toEqual([]);
    expect(messages({ pos: false }, false)).toEqual(['Reseller price']);
  });

  test('still has the price of the tier', () => {
    expect(messages({ pos: false }, true, { bp: 500 })).toEqual(['Gold member']);
  });

  test('has none where it can’t be read whether it should; the shop on the web is not concerned', () => {
    expect(messages({ pos: 'no' }, true)).toEqual([]);
    expect(messages({ pos: 'no' }, false)).toEqual(['Reseller price']);
    expect(messages({ pos: null }, true)).toEqual(['Reseller price']);
  });
});

describe('prices without tax', () => {
  const rules = { ...priceRules({ net: true }), tax: 1100 };

  test('are for customers of a category that is shown them', () => {
    expect(taxLeftOut(rules, { v: 1, cat: 'reseller' })).toBe(1100);
    expect(taxLeftOut(rules, { v: 1, cat: 'other' })).toBe(0);
    expect(taxLeftOut(rules, null)).toBe(0);
    expect(taxLeftOut({ ...priceRules(), tax: 1100 }, { v: 1, cat: 'reseller' })).toBe(0);
    expect(taxLeftOut(priceRules({ net: true }), { v: 1, cat: 'reseller' })).toBe(0);
  });

  test('damaged values leave prices as the store has them', () => {
    for (const tax of ['11', -1, 10_001, 0.5, null])
      expect(taxLeftOut({ ...rules, tax }, { v: 1, cat: 'reseller' })).toBe(0);
    for (const cats of [null, [], 'x', { reseller: 'x' }])
      expect(taxLeftOut({ ...rules, cats }, { v: 1, cat: 'reseller' })).toBe(0);
    expect(taxLeftOut(rules, { v: 1, cat: 'constructor' })).toBe(0);
  });

  test('are rounded half up: with the tax again they are the price, to half a minor unit', () => {
    expect(withoutTax(11_100n, 1100)).toBe(10_000n);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.integer({ min: 0, max: 10_000 }),
        (amount, tax) => {
          const net = withoutTax(amount, tax);
          // |net - amount / (1 + tax)| is at most a half: compared without fractions.
          const difference = 2n * (net * BigInt(10_000 + tax) - amount * 10_000n);
          expect(difference <= BigInt(10_000 + tax) && difference > -BigInt(10_000 + tax)).toBe(true);
        },
      ),
    );
  });
});
