/** The rules as the Function reads them, rows of a pasted list, the example of combinations, and the address of a check. */
import { describe, expect, it, test } from 'vitest';
import { checkAddress, readCheckAddress } from '#app/modules/pricing/check/check-address.ts';
import { NO_PRICE } from '#app/modules/pricing/rules/category-price.ts';
import { firstCategoryNames } from '#app/modules/pricing/rules/first-categories.ts';
import { readListRows, splitPaste } from '#app/modules/pricing/rules/list-rows.ts';
import { writePriceRules, writeSets, type PricedCategory } from '#app/modules/pricing/rules/price-rules.ts';
import { explainCombination } from '#app/modules/pricing/settings/combination.ts';
import { checkCart } from '../../../extensions/shared/price/check-cart.ts';

const CATEGORY: PricedCategory = { ...NO_PRICE, key: 'reseller', hasList: false, hasPercents: false };
const rulesOf = (category: Partial<PricedCategory>) =>
  writePriceRules({
    isOn: true,
    digits: 2,
    forCompanies: false,
    taxBp: 1100,
    categories: [{ ...CATEGORY, ...category }],
    tiers: [
      { key: 't1', discountBp: 0, label: 'Retail' },
      { key: 't2', discountBp: 500, label: 'Gold' },
    ],
    refusal: null,
  });

describe('the rules', () => {
  it('say all of a category to the letter of the contract', () => {
    expect(
      rulesOf({
        discountBp: 1000,
        breaks: [
          { quantity: 10, bp: 1200 },
          { quantity: 50, bp: 1500 },
        ],
        minimumMinor: 50_000_000n,
        minimumQuantity: 12,
        onlySet: 'a',
        notSet: 'b',
        includesSale: false,
        hasList: true,
        stepMinor: 100_000n,
        appliesAtTill: false,
        taxShown: 'without',
        label: 'Reseller price',
      }),
    ).toEqual({
      v: 1,
      on: true,
      digits: 2,
      b2b: false,
      tax: 1100,
      cats: {
        reseller: {
          bp: 1000,
          label: 'Reseller price',
          breaks: [
            [10, 1200],
            [50, 1500],
          ],
          per: 'line',
          min: '50000000',
          minQty: 12,
          only: 'a',
          not: 'b',
          sale: false,
          subs: false,
          list: true,
          step: '100000',
          pos: false,
          net: true,
        },
      },
      tiers: { t2: { bp: 500, label: 'Gold' } },
    });
  });

  it('leave out a category that changes no price, and keep one where a person may have a percent', () => {
    expect(rulesOf({}).cats).toEqual({});
    expect(rulesOf({ hasPercents: true }).cats).toMatchObject({ reseller: { bp: 0 } });
  });

  it.each([
    ['the category’s percent', { v: 1, cat: 'reseller' }, 'percent', 1_000_000n],
    ['the person’s', { v: 1, cat: 'reseller', bp: 1500 }, 'percent', 1_500_000n],
    ['the tier’s', { v: 1, tier: 't2' }, 'tier', 500_000n],
    ['no one’s', { v: 1 }, undefined, undefined],
  ])('are understood by the shared arithmetic: %s', (_whose, person, rule, savingMinor) => {
    const { lines } = checkCart(
      { rules: rulesOf({ discountBp: 1000 }), person, date: '2026-11-29', currency: 'IDR', rate: '1' },
      [
        {
          id: '1',
          productId: '1',
          quantity: 1,
          unitMinor: 10_000_000n,
          compareAtMinor: null,
          prices: null,
          isGiftCard: false,
          isSubscription: false,
          sets: { a: false, b: false },
        },
      ],
    );
    expect([lines[0]?.won?.rule, lines[0]?.won?.savingMinor]).toEqual([rule, savingMinor]);
  });

  it('name collections by their global ids', () => {
    expect(writeSets({ a: [1n], b: [] })).toEqual({ a: ['gid://shopify/Collection/1'], b: [] });
  });
});

describe('a pasted list', () => {
  const read = (text: string, locale = 'id') => readListRows(splitPaste(text), locale, 'IDR');
  it('has SKU and price, or a quantity between them; headings and empty lines are left out', () => {
    expect(read('SKU\tJumlah\tHarga\nKOPI-1\t1\t85.000\n\nKOPI-1\t24\tRp 79.000\nTEH;12.500').rows).toEqual([
      { line: 2, sku: 'KOPI-1', quantity: 1, priceMinor: 8_500_000n },
      { line: 4, sku: 'KOPI-1', quantity: 24, priceMinor: 7_900_000n },
      { line: 5, sku: 'TEH', quantity: 1, priceMinor: 1_250_000n },
    ]);
  });

  it.each([
    ['A\t10\nKOPI', 'columns', 2],
    ['A\t10\n\t85.000', 'sku', 2],
    ['A\t10\nKOPI\tmany\t85.000', 'quantity', 2],
    ['A\t10\nKOPI\t0\t85.000', 'quantity', 2],
    ['A\t10\nKOPI\tfree', 'price', 2],
    ['A\t10\nKOPI\t0', 'price', 2],
    ['A\t10\nKOPI\t-5', 'price', 2],
    ['A\t10\nKOPI\t9000000000000001', 'price', 2],
    ['KOPI\t10\nkopi\t1\t12', 'duplicate', 2],
  ])('%j is refused: %s', (text, code, line) => {
    expect(read(text).problems).toEqual([{ line, code, text: expect.any(String) }]);
  });
});

test('what a customer pays with a price of 10 % and a code, by the choice', () => {
  const order = { category: 'Reseller', goodsMinor: 100_000n, percentBp: 1000, codeMinor: 5_000n };
  expect(explainCombination(order)).toEqual({ stack: 85_000n, lowest: 90_000n, refuse: 90_000n });
  expect(explainCombination({ ...order, codeMinor: 30_000n })).toEqual({
    stack: 60_000n,
    lowest: 70_000n,
    refuse: 90_000n,
  });
  expect(explainCombination({ ...order, codeMinor: 500_000n }).stack).toBe(0n);
});

test('the address of a check is read back; what is none is left out', () => {
  const address = {
    customerId: '7',
    rows: [
      { ref: 'v12', quantity: 3 },
      { ref: 'p9', quantity: 1 },
    ],
  };
  const { searchParams } = new URL(checkAddress(address), 'http://app');
  expect(readCheckAddress(searchParams)).toEqual(address);
  expect(readCheckAddress(new URLSearchParams('customer=x&items=v1,v0x1,q1x1,v1x0,v5x2'))).toEqual({
    customerId: null,
    rows: [{ ref: 'v5', quantity: 2 }],
  });
  expect(checkAddress({ customerId: null, rows: [] })).toBe('/app/resellers/price-check');
});

test('the six categories are called in the shop’s language', () => {
  expect(firstCategoryNames('id')).toContainEqual(['agent', 'Agen']);
  expect(firstCategoryNames('en')).toEqual([]);
});
