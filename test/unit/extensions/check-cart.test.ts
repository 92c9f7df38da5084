/** The bigint door of the price arithmetic, and what pages show by quantity. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencyDigits as appDigits } from '#app/lib/money.ts';
import { currencyDigits } from '../../../extensions/shared/currency-digits.ts';
import {
  checkCart,
  type CheckLine,
  type CheckTerms,
  UNIT_MAX_MINOR,
} from '../../../extensions/shared/price/check-cart.ts';
import { listQuantityPrices } from '../../../extensions/shared/price/quantity-prices.ts';
import { priceRules } from '../../support/price-input.ts';

const TERMS: CheckTerms = {
  rules: priceRules({ list: true, breaks: [[10, 1200]] }, { bp: 1100 }),
  person: { v: 1, cat: 'reseller', tier: 'gold' },
  date: '2026-11-28',
  currency: 'IDR',
  rate: '1.0',
};

const line = (fields: Partial<CheckLine> = {}): CheckLine => ({
  id: '1',
  productId: '1',
  quantity: 1,
  unitMinor: 10_000_000n,
  compareAtMinor: null,
  prices: null,
  isGiftCard: false,
  isSubscription: false,
  sets: { a: false, b: false },
  ...fields,
});

describe('the price check', () => {
  test('names the rule that won and what the others would have taken', () => {
    const prices = { v: 1, reseller: [[1, '8800000']] };
    const { lines, grossMinor, totalMinor } = checkCart(TERMS, [line({ quantity: 3, prices })]);
    expect([grossMinor, totalMinor]).toEqual([30_000_000n, 26_400_000n]);
    expect(lines[0]?.won).toEqual({
      rule: 'list',
      percentBp: null,
      unitMinor: 1_200_000n,
      savingMinor: 3_600_000n,
      label: 'Reseller price',
    });
    expect(
      lines[0]?.offers.map(({ rule, percentBp, savingMinor }) => [rule, percentBp, savingMinor]),
    ).toEqual([
      ['percent', 1000, 3_000_000n],
      ['list', null, 3_600_000n],
      ['tier', 1100, 3_300_000n],
    ]);
  });

  test("shows the line's total: percents are cut off there, not on the unit", () => {
    const terms = { ...TERMS, rules: priceRules({ bp: 217 }), currency: 'USD' };
    expect(checkCart(terms, [line({ unitMinor: 2300n, quantity: 2 })]).totalMinor).toBe(4501n);
    expect(checkCart(terms, [line({ unitMinor: 2300n })]).totalMinor).toBe(2251n);
  });

  test('says that a cart is below the minimum; the tier still has its price', () => {
    const rules = priceRules({ minQty: 5 }, { bp: 300 });
    const below = checkCart({ ...TERMS, rules }, [line({ quantity: 4 })]);
    expect([below.isBelowMinimum, below.lines[0]?.won?.rule]).toEqual([true, 'tier']);
    const reached = checkCart({ ...TERMS, rules }, [line({ quantity: 5 })]);
    expect([reached.isBelowMinimum, reached.lines[0]?.won?.rule]).toEqual([false, 'percent']);
  });

  test('a company has the prices of its catalog', () => {
    expect(checkCart({ ...TERMS, isCompany: true }, [line()]).lines[0]?.won).toBeNull();
  });

  test('refuses what is no quantity and no price', () => {
    expect(() => checkCart(TERMS, [line({ quantity: 0 })])).toThrow(RangeError);
    expect(() => checkCart(TERMS, [line({ unitMinor: -1n })])).toThrow(RangeError);
    expect(() => checkCart(TERMS, [line({ unitMinor: UNIT_MAX_MINOR + 1n })])).toThrow(RangeError);
  });

  test('the cart saves what its lines save, and no line costs less than nothing', () => {
    const lines = fc.array(
      fc.record({
        unitMinor: fc.bigInt({ min: 0n, max: 900_000_000_000n }),
        quantity: fc.integer({ min: 1, max: 300 }),
        isGiftCard: fc.boolean(),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 10_000 }), (rows, bp) => {
        const cart = checkCart(
          { ...TERMS, rules: priceRules({ bp, step: '100' }) },
          rows.map((fields, index) => line({ ...fields, id: String(index) })),
        );
        const saved = cart.lines.reduce((sum, { won }) => sum + (won?.savingMinor ?? 0n), 0n);
        expect(cart.grossMinor - cart.totalMinor).toBe(saved);
        expect(cart.lines.every(({ totalMinor }) => totalMinor >= 0n)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('the best offer is what the line saves, to the minor unit', () => {
    const amounts = fc.bigInt({ min: 0n, max: 900_000_000_000n });
    fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        amounts,
        (unitMinor, quantity, bp, tier, price) => {
          const rules = priceRules({ bp, list: true }, { bp: tier });
          const prices = { v: 1, reseller: [[1, String(price)]] };
          const { lines } = checkCart({ ...TERMS, rules }, [line({ unitMinor, quantity, prices })]);
          const { won, offers, grossMinor, totalMinor } = lines[0]!;
          const best = offers.reduce(
            (most, { savingMinor }) => (savingMinor > most ? savingMinor : most),
            0n,
          );
          expect(won?.savingMinor ?? 0n).toBe(best);
          expect(totalMinor).toBe(grossMinor - best);
          expect(totalMinor).toBeGreaterThanOrEqual(0n);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('prices by quantity', () => {
  test('one row where the price changes, by breaks of the category and of the list', () => {
    const prices = {
      v: 1,
      reseller: [
        [24, '8500000'],
        [1, '9900000'],
      ],
    };
    const rows = listQuantityPrices({ ...TERMS, person: { v: 1, cat: 'reseller' } }, line({ prices }));
    expect(rows.map(({ quantity, unitMinor, won }) => [quantity, unitMinor, won?.rule])).toEqual([
      [1, 9_000_000n, 'percent'],
      [10, 8_800_000n, 'percent'],
      [24, 8_500_000n, 'list'],
    ]);
  });

  test('a minimum of the cart does not hide them, a guest has the price of the shop', () => {
    const rules = priceRules({ min: '999999999', minQty: 50 });
    expect(listQuantityPrices({ ...TERMS, rules }, line())[0]?.unitMinor).toBe(9_000_000n);
    const guest = listQuantityPrices({ ...TERMS, rules, person: null }, line());
    expect(guest).toEqual([{ quantity: 1, unitMinor: 10_000_000n, won: null }]);
  });
});

test.each(['IDR', 'JPY', 'CLP', 'KWD', 'TND', 'USD', 'HUF', 'XPF'])(
  '%s has the digits of the app',
  (currency) => {
    expect(currencyDigits(currency)).toBe(appDigits(currency));
  },
);
