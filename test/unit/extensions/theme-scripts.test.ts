/** The pure parts of the theme's scripts: what is typed, what is said, what of a cart is sent. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readUnits, unitsProblem, worthOf } from '../../../extensions/theme-scripts/amounts.ts';
import { isApplied, linkOf, toAmount, toLines, type Cart } from '../../../extensions/theme-scripts/cart.ts';
import { wordsOf } from '../../../extensions/theme-scripts/texts.ts';
import type { ClubWallet } from '../../../extensions/shared/club-api.ts';

const wallet = (change: Partial<ClubWallet> = {}): ClubWallet => ({
  unit: 'POINTS',
  balance: '1200',
  available: '1000',
  pending: '0',
  held: '0',
  debt: '0',
  rate: { units: '1', amountMinor: '10000' },
  minimum: '10',
  step: '5',
  spendable: { units: '800', amountMinor: '8000000' },
  ...change,
});

describe('what is typed', () => {
  test.each<[string, bigint | null]>([
    ['50', 50n],
    [' 1.200 ', 1200n],
    ['1,200', 1200n],
    ['1 200', 1200n],
    ['', null],
    ['-5', null],
    ['ten', null],
    ['1'.repeat(16), null],
  ])('%j points', (typed, units) => {
    expect(readUnits(typed, wallet(), 2)).toBe(units);
  });

  test.each<[string, bigint | null]>([
    ['15', 1_500n],
    ['15.5', 1_550n],
    ['15,50', 1_550n],
    ['1.500,25', 150_025n],
    ['1.500', 150_000n],
    ['x', null],
  ])('%j credit', (typed, units) => {
    expect(readUnits(typed, wallet({ unit: 'CREDIT' }), 2)).toBe(units);
  });

  test.each<[bigint | null, string | null]>([
    [null, 'not_a_number'],
    [0n, 'not_a_number'],
    [1001n, 'insufficient'],
    [5n, 'below_minimum'],
    [12n, 'not_a_step'],
    [805n, 'exceeds_cart'],
    [800n, null],
  ])('%s is %s', (units, problem) => {
    expect(unitsProblem(units, wallet())).toBe(problem);
  });

  test('what may be used is worth what the cart can take', () => {
    expect(worthOf(800n, wallet())).toBe(8_000_000n);
  });
});

describe('a cart', () => {
  const cart = (items: Partial<Cart['items'][number]>[], change: Partial<Cart> = {}): Cart => ({
    currency: 'IDR',
    total_price: 12_345,
    items: items.map((item) => ({
      product_id: 1,
      variant_id: 2,
      quantity: 1,
      original_line_price: 10_000,
      final_line_price: 10_000,
      gift_card: false,
      ...item,
    })),
    ...change,
  });

  test('is sent as decimal text and as lines', () => {
    expect(toAmount(cart([]))).toBe('123.45');
    expect(toLines(cart([{ final_line_price: 9_000, quantity: 3 }, { gift_card: true }]))).toBe(
      '1:2:3:10000:1000,1:2:1:10000:0:gift',
    );
  });

  test('its own discounts are spread over what is no gift card, and no line is below nothing', () => {
    const prices = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(prices, fc.nat(2_000_000), (each, off) => {
        const sum = each.reduce((all, price) => all + price, 0);
        const taken = Math.min(off, sum);
        const lines = toLines(
          cart(
            each.map((price) => ({ original_line_price: price, final_line_price: price })),
            { cart_level_discount_applications: [{ total_allocated_amount: taken }] },
          ),
        ).split(',');
        const shares = lines.map((line) => line.split(':').map(Number));
        for (const [, , , gross = 0, share = 0] of shares) expect(share).toBeLessThanOrEqual(gross);
        const total = shares.reduce((all, [, , , , share = 0]) => all + share, 0);
        expect(Math.abs(total - taken)).toBeLessThanOrEqual(each.length);
      }),
    );
  });

  test('a code counts when it takes something off, whatever its letters', () => {
    expect(isApplied([{ code: 'setia-1', applicable: true }], 'SETIA-1')).toBe(true);
    expect(isApplied([{ code: 'SETIA-1', applicable: false }], 'SETIA-1')).toBe(false);
    expect(isApplied(undefined, 'SETIA-1')).toBe(false);
  });

  test('the link keeps the language of the address', () => {
    expect(linkOf('/id', 'A B')).toBe('/id/discount/A%20B?redirect=%2Fid%2Fcart');
  });
});

test('texts have plural forms, numbers and money of the language', () => {
  const texts = {
    points: { one: '{{ number }} point', other: '{{ number }} points' },
    off: '{{ money }} off',
  };
  const en = wordsOf(texts, 'en', 'USD', 2);
  expect([en.units('POINTS', '1'), en.units('POINTS', '1200')]).toEqual(['1 point', '1,200 points']);
  expect(en.t('off', { money: en.money('1550') })).toBe('$15.50 off');
  const id = wordsOf({ points: { other: '{{ number }} poin' } }, 'id', 'IDR', 2);
  expect(id.units('POINTS', '1200')).toBe('1.200 poin');
  expect(id.money('1500000').replace(/\s/g, ' ')).toBe('Rp 15.000');
});
