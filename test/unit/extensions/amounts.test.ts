import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkAmount,
  mostUnits,
  parseUnits,
  quickPicks,
  unitsText,
  worthMinor,
} from '../../../extensions/shared/amounts.ts';
import {
  cartAmountText,
  decimalToMinor,
  formatMinor,
  minorToDecimal,
} from '../../../extensions/shared/money.ts';
import type { ClubWallet } from '../../../extensions/shared/club-api.ts';

const formatIn = (locale: string) => (amount: number | bigint, options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(locale, options).format(amount).replaceAll('\u00a0', ' ');

describe('money', () => {
  test.each([
    [1050n, 'USD', 2, 'en', '$10.50'],
    [500000n, 'IDR', 2, 'id', 'Rp 5.000'],
    [500050n, 'IDR', 2, 'id', 'Rp 5.000,50'],
    [500n, 'JPY', 0, 'en', '¥500'],
    [1234567n, 'KWD', 3, 'en', 'KWD 1,234.567'],
    [2000n, 'USD', 2, 'en', '$20.00'],
    [900719925474099300n, 'IDR', 2, 'en', 'Rp 9,007,199,254,740,993'],
  ])('%s minor units of %s with %i digits in %s', (minor, currency, digits, locale, text) => {
    expect(formatMinor(minor, currency, digits, formatIn(locale))).toBe(text);
  });

  test.each([
    [150000, '150000.00'],
    [3000.5, '3000.50'],
    [0.1 + 0.2, '0.30'],
    [1.234, '1.234'],
  ])('the cart amount %d is sent as %s', (amount, text) => {
    expect(cartAmountText(amount)).toBe(text);
  });

  test('a decimal text and its minor units are the same amount', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 24n }),
        fc.integer({ min: 0, max: 3 }),
        (minor, digits) => {
          expect(decimalToMinor(minorToDecimal(minor, digits), digits)).toBe(minor);
        },
      ),
    );
  });

  test.each(['', '-1', '1e3', '1.234', '1 000', 'abc', '1.', '.5'])('"%s" is no amount of rupiah', (text) => {
    expect(decimalToMinor(text, 2)).toBeNull();
  });
});

const walletArbitrary: fc.Arbitrary<ClubWallet> = fc
  .record({
    available: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    spendable: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    step: fc.bigInt({ min: 1n, max: 500n }),
    minimum: fc.bigInt({ min: 1n, max: 2000n }),
  })
  .map(({ available, spendable, step, minimum }) => ({
    unit: 'POINTS',
    balance: available.toString(),
    available: available.toString(),
    pending: '0',
    held: '0',
    debt: '0',
    rate: { units: '3', amountMinor: '1000' },
    minimum: minimum.toString(),
    step: step.toString(),
    spendable: { units: (spendable < available ? spendable : available).toString(), amountMinor: '0' },
  }));

describe('amounts', () => {
  test('whatever is offered is accepted by the check, and the most is the largest of it', () => {
    fc.assert(
      fc.property(walletArbitrary, (wallet) => {
        const picks = quickPicks(wallet);
        expect(picks.length === 0).toBe(mostUnits(wallet) === 0n);
        for (const units of picks) {
          expect(checkAmount(units.toString(), wallet, 2)).toEqual({ ok: true, units });
          expect(units <= mostUnits(wallet)).toBe(true);
        }
      }),
    );
  });

  test('the worth is rounded down and never grows faster than the units', () => {
    expect(worthMinor(10n, { units: '3', amountMinor: '1000' })).toBe(3333n);
    expect(worthMinor(2n, { units: '3', amountMinor: '1000' })).toBe(666n);
  });

  test('points are typed whole, credit as money', () => {
    expect(parseUnits('12', 'POINTS', 2)).toBe(12n);
    expect(parseUnits('12.5', 'POINTS', 2)).toBeNull();
    expect(parseUnits('12,5', 'CREDIT', 2)).toBe(1250n);
    expect(unitsText(1250n, 'CREDIT', 2)).toBe('12.50');
    expect(unitsText(12n, 'POINTS', 2)).toBe('12');
  });
});
