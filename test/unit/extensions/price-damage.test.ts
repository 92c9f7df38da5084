/** What the price Function makes of metafields that are damaged, foreign or written by a later version: no error, no surprise. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cartLinesDiscountsGenerateRun } from '../../../extensions/category-price/src/index.ts';
import { parseMinorText, toAmount, toMinor } from '../../../extensions/shared/price/amounts.ts';
import { type CartFields, priceInput, priceRules, readDiscounts } from '../../support/price-input.ts';

/** What each line gets, by its number. */
const discounts = (fields: CartFields) => readDiscounts(cartLinesDiscountsGenerateRun(priceInput(fields)));
const byRule = (category: object, fields: CartFields = {}) =>
  discounts({ rules: priceRules(category), ...fields });
const byPerson = (person: object) => discounts({ person: { v: 1, cat: 'reseller', ...person } });

const TEN = { 1: '10 % Reseller price' };
const NO_JSON_OBJECT = [null, true, false, 0, 7, '', 'reseller', [], [1], ['reseller'], [{ v: 1 }]];

describe('metafields of a wrong type', () => {
  test.each(NO_JSON_OBJECT.map((value) => [value]))('%j instead of an object: no price', (value) => {
    expect(discounts({ person: value })).toEqual({});
    expect(discounts({ rules: value })).toEqual({});
    expect(discounts({ rules: { ...priceRules(), cats: value } })).toEqual({});
    expect(discounts({ rules: { ...priceRules(), cats: { reseller: value } } })).toEqual({});
    expect(discounts({ rules: { ...priceRules(), tiers: value }, person: { v: 1, tier: 'gold' } })).toEqual(
      {},
    );
  });

  test.each([[undefined], [0], [2], ['1'], [null], [true], [1.5], [[1]]])('the version %j: no price', (v) => {
    expect(discounts({ person: { v, cat: 'reseller' } })).toEqual({});
    expect(discounts({ rules: { ...priceRules(), v } })).toEqual({});
    const prices = { v, reseller: [[1, '5000000']] };
    expect(byRule({ list: true }, { lines: [{ prices }] })).toEqual(TEN);
  });

  test.each([[1], ['true'], [null], [undefined], [{}]])('switched on by %j: no price', (on) => {
    expect(discounts({ rules: { ...priceRules(), on } })).toEqual({});
  });

  test.each([
    ['constructor'],
    ['__proto__'],
    ['toString'],
    [''],
    [0],
    [null],
    [['reseller']],
    [{ reseller: 1 }],
  ])('the category %j is none', (cat) => {
    expect(byPerson({ cat })).toEqual({});
    expect(discounts({ rules: priceRules({}, { bp: 500 }), person: { v: 1, tier: cat } })).toEqual({});
  });

  test('nothing that JSON can hold makes the Function throw, or a line dearer or below zero', () => {
    const lists = fc.array(fc.anything({ withNullPrototype: false }), { maxLength: 3 });
    const value = fc.oneof(
      fc.jsonValue(),
      lists,
      fc.constantFrom(-1, 1e300, 10_001, '9'.repeat(400), '-5', '1e9'),
    );
    const category = fc.dictionary(
      fc.constantFrom(
        'bp',
        'label',
        'breaks',
        'per',
        'min',
        'minQty',
        'only',
        'not',
        'sale',
        'subs',
        'list',
        'step',
      ),
      value,
    );
    const person = fc.dictionary(fc.constantFrom('bp', 'from', 'to', 'tier', 'cat'), value);
    fc.assert(
      fc.property(category, person, value, value, (rule, fields, prices, rest) => {
        const rules = { ...priceRules(rule), tiers: rest, refuse: rest, digits: rest, b2b: rest };
        const lines = [{ amount: '1000.00', quantity: 3, prices: { v: 1, reseller: prices } }];
        const codes = [{ code: 'SETIA-1', rejectable: true }];
        const { operations } = cartLinesDiscountsGenerateRun(
          priceInput({ rules, person: { v: 1, cat: 'reseller', ...fields }, lines, codes }),
        );
        for (const operation of operations) {
          if (!('productDiscountsAdd' in operation)) continue;
          for (const { value: taken } of operation.productDiscountsAdd.candidates) {
            const amount =
              'percentage' in taken ? Number(taken.percentage.value) * 10 : Number(taken.fixedAmount.amount);
            expect(amount).toBeGreaterThan(0);
            expect(amount).toBeLessThanOrEqual(1000);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('percents', () => {
  test.each([[-1], [-10_000], [10_001], [1e9], [12.5], [Number.NaN], ['1500'], [null], [[1500]], [{}]])(
    'the percent %j of a person counts as absent',
    (bp) => {
      expect(byPerson({ bp })).toEqual(TEN);
    },
  );

  test.each([[-1], [10_001], [12.5], ['1000'], [null]])(
    'the percent %j of a category counts as absent',
    (bp) => {
      expect(byRule({ bp })).toEqual({});
      expect(byRule({ bp, breaks: [[1, 500]] })).toEqual({ 1: '5 % Reseller price' });
    },
  );

  test('everything: a percent of 100', () => {
    expect(byPerson({ bp: 10_000 })).toEqual({ 1: '100 % Reseller price' });
  });

  test.each([
    ['2026-02-31x'],
    ['2026-13-01'],
    ['2026-00-10'],
    ['26-01-01'],
    ['01.01.2026'],
    [''],
    [20260101],
    [true],
    [{}],
  ])('the date %j makes the percent of the person void', (date) => {
    expect(byPerson({ bp: 2000, from: date })).toEqual(TEN);
    expect(byPerson({ bp: 2000, to: date })).toEqual(TEN);
  });

  test('an end before its beginning: never', () => {
    expect(byPerson({ bp: 2000, from: '2026-12-31', to: '2026-01-01' })).toEqual(TEN);
  });
});

describe('breaks', () => {
  test.each([
    [
      'out of order',
      [
        [50, 1500],
        [10, 1200],
      ],
    ],
    [
      'twice at one quantity',
      [
        [10, 900],
        [10, 1200],
        [50, 1500],
      ],
    ],
    [
      'among damaged ones',
      [
        [10, 1200],
        null,
        'x',
        [],
        [10],
        [0, 9000],
        [-5, 9000],
        [1.5, 9000],
        [5, -1],
        [5, 10_001],
        ['5', 9000],
        [50, 1500],
      ],
    ],
  ])('thresholds %s', (_name, breaks) => {
    expect(byRule({ breaks }, { lines: [{ quantity: 9 }] })).toEqual(TEN);
    expect(byRule({ breaks }, { lines: [{ quantity: 10 }] })).toEqual({ 1: '12 % Reseller price' });
    expect(byRule({ breaks }, { lines: [{ quantity: 50 }] })).toEqual({ 1: '15 % Reseller price' });
  });

  test.each([['12'], [7], [{}], [null], [true]])('%j instead of a list: the base', (breaks) => {
    expect(byRule({ breaks }, { lines: [{ quantity: 60 }] })).toEqual(TEN);
  });

  test('a break below the base does not lower it', () => {
    expect(byRule({ breaks: [[10, 300]] }, { lines: [{ quantity: 20 }] })).toEqual(TEN);
  });
});

describe('limits that cannot be read', () => {
  test.each([
    ['min', 5],
    ['min', '5.5'],
    ['min', '-5'],
    ['min', 'lots'],
    ['min', '1e3'],
    ['min', ''],
    ['min', '9'.repeat(30)],
    ['minQty', '5'],
    ['minQty', -1],
    ['minQty', 1.5],
    ['only', 'c'],
    ['only', 1],
    ['not', 'A'],
    ['sale', 'no'],
    ['sale', 0],
    ['subs', 'yes'],
    ['step', 1000],
    ['step', '1 000'],
  ])('%s %j: the category does nothing, the tier still may', (key, value) => {
    const rules = priceRules({ [key]: value }, { bp: 500 });
    expect(discounts({ rules })).toEqual({});
    expect(discounts({ rules, person: { v: 1, cat: 'reseller', tier: 'gold' } })).toEqual({
      1: '5 % Gold member',
    });
  });

  test('absent and null are the same', () => {
    const nothing = {
      min: null,
      minQty: null,
      only: null,
      not: null,
      sale: null,
      subs: null,
      step: null,
      breaks: null,
    };
    expect(byRule(nothing)).toEqual(TEN);
  });

  test.each([['x'], ['0'], ['-1'], [''], ['1,5'], ['1e2']])('the rate %j: percents only', (rate) => {
    const fields = { rate, currency: 'USD' };
    const prices = { v: 1, reseller: [[1, '1']] };
    expect(byRule({ list: true }, { ...fields, lines: [{ amount: '9.00', prices }] })).toEqual(TEN);
    expect(byRule({ min: '1' }, fields)).toEqual({});
  });
});

describe('price lists', () => {
  const listed = (reseller: unknown, quantity = 10) =>
    byRule({ bp: 0, list: true }, { lines: [{ quantity, prices: { v: 1, reseller } }] });

  test.each([
    [
      'out of order',
      [
        [10, '8500000'],
        [1, '9000000'],
      ],
    ],
    [
      'twice at one quantity: the lower',
      [
        [1, '9000000'],
        [10, '8600000'],
        [10, '8500000'],
        [10, '8700000'],
      ],
    ],
    [
      'among damaged ones',
      [
        null,
        [],
        [5],
        'x',
        [10, 8_000_000],
        [10, '8e6'],
        [10, ''],
        [10, '-1'],
        [10, '1.5'],
        ['10', '1'],
        [10, '8500000'],
      ],
    ],
  ])('thresholds %s', (_name, reseller) => {
    expect(listed(reseller)).toEqual({ 1: '15000.00 each Reseller price' });
  });

  test('a price of 0 is an empty cell, not a gift', () => {
    expect(
      listed([
        [1, '9000000'],
        [10, '0'],
      ]),
    ).toEqual({ 1: '10000.00 each Reseller price' });
    expect(listed([[1, '0']])).toEqual({});
  });

  test.each([['9000000'], [9_000_000], [{}], [null], [true]])('%j instead of a list', (reseller) => {
    expect(listed(reseller)).toEqual({});
  });

  test('only the list of the own category, and no list called constructor', () => {
    const prices = { v: 1, agent: [[1, '100']] };
    expect(byRule({ list: true }, { lines: [{ prices }] })).toEqual(TEN);
    const cats = { constructor: { bp: 0, list: true } };
    const rules = { ...priceRules(), cats };
    expect(discounts({ rules, person: { v: 1, cat: 'constructor' }, lines: [{ prices }] })).toEqual({});
  });
});

describe('prices and currencies', () => {
  test.each([['0'], ['0.0'], ['0.00'], ['-5.00'], ['x']])('a line for %j has no price of ours', (amount) => {
    const found = byRule(
      { step: '100', list: true },
      { lines: [{ amount, prices: { v: 1, reseller: [[1, '1']] } }] },
    );
    expect(found).toEqual({});
  });

  test.each([
    ['JPY', '1000', '900 each Reseller price', 0],
    ['IDR', '1000.0', '100.00 each Reseller price', 2],
    ['KWD', '1.500', '0.600 each Reseller price', 3],
  ])('%s has its digits', (currency, amount, expected, digits) => {
    const price = { JPY: '100', IDR: '90000', KWD: '900' }[currency];
    const rules = { ...priceRules({ bp: 0, list: true }), digits };
    const lines = [{ amount, prices: { v: 1, reseller: [[1, price]] } }];
    expect(discounts({ rules, currency, lines })).toEqual({ 1: expected });
  });

  test('900 billion minor units a unit, times many, to the minor unit', () => {
    const lines = [
      { amount: '9000000000.00', quantity: 500, prices: { v: 1, reseller: [[1, '899999999999']] } },
    ];
    expect(byRule({ bp: 0, list: true }, { lines })).toEqual({ 1: '0.01 each Reseller price' });
    expect(byRule({ bp: 1 }, { lines })).toEqual({ 1: '0.01 % Reseller price' });
    expect(byRule({ bp: 1000, step: '100000' }, { lines })).toEqual({
      1: '900000000.00 each Reseller price',
    });
    expect(byRule({ min: '900000000000' }, { lines })).toEqual({ 1: '10 % Reseller price' });
  });

  test('amounts are read and written exactly up to 900,000 billion minor units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9e14 }), fc.constantFrom(0, 2, 3), (minor, digits) => {
        expect(toMinor(toAmount(minor, digits), digits)).toBe(minor);
        expect(parseMinorText(String(minor))).toBe(minor);
      }),
      { numRuns: 2_000 },
    );
  });

  test('rounding to a step never makes a line free, nor dearer', () => {
    expect(byRule({ step: '100000' }, { lines: [{ amount: '400.00' }] })).toEqual({
      1: '40.00 each Reseller price',
    });
    expect(byRule({ step: '100000' }, { lines: [{ amount: '600.00' }] })).toEqual({});
  });
});

describe('codes', () => {
  const codes = [{ code: 'SETIA-1', rejectable: true }];
  const refused = (refuse: unknown, fields: CartFields = {}) =>
    cartLinesDiscountsGenerateRun(
      priceInput({ rules: { ...priceRules({}, { bp: 500 }), refuse }, codes, ...fields }),
    ).operations.length === 2;

  test.each([
    [null],
    ['SETIA-'],
    [{}],
    [{ prefix: 'SETIA-' }],
    [{ prefix: '', message: 'No' }],
    [{ prefix: 'SETIA-', message: 7 }],
  ])('the refusal %j refuses nothing: Shopify wants a message', (refuse) => {
    expect(refused(refuse)).toBe(false);
  });

  test('only codes that can be refused, beside a price of the category', () => {
    const refuse = { prefix: 'setia-', message: 'No' };
    expect(refused(refuse)).toBe(true);
    expect(refused(refuse, { codes: [{ code: 'SETIA-1', rejectable: false }] })).toBe(false);
    expect(refused(refuse, { person: { v: 1, tier: 'gold' } })).toBe(false);
  });
});
