import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canMove,
  OPEN_STATES,
  restoreTarget,
  spendableUnits,
  spendRefusal,
  spentUnits,
  stepUnits,
  valueMinor,
  type RedemptionState,
} from '#app/modules/redemptions/rules/redemption.ts';

const STATES: RedemptionState[] = ['reserved', 'issued', 'settled', 'expired', 'released', 'failed'];
const big = (max: bigint) => fc.bigInt({ min: 0n, max });
const rate = fc.record({
  units: fc.bigInt({ min: 1n, max: 1_000n }),
  amountMinor: fc.bigInt({ min: 1n, max: 1_000_000n }),
});

describe('moves', () => {
  test('are exactly these', () => {
    const moves = STATES.flatMap((from) =>
      STATES.filter((to) => canMove(from, to)).map((to) => `${from} -> ${to}`),
    );
    expect(moves.sort()).toEqual([
      'expired -> released',
      'expired -> settled',
      'failed -> settled',
      'issued -> expired',
      'issued -> released',
      'issued -> settled',
      'released -> settled',
      'reserved -> failed',
      'reserved -> issued',
      'reserved -> released',
      'reserved -> settled',
    ]);
  });

  test('a settled redemption never moves, and no ended one holds value again', () => {
    for (const from of STATES.filter((state) => !OPEN_STATES.includes(state))) {
      for (const open of OPEN_STATES) expect(canMove(from, open)).toBe(false);
    }
    expect(STATES.some((to) => canMove('settled', to))).toBe(false);
  });
});

describe('arithmetic', () => {
  test.each([
    // 1 point is Rp 100
    [50n, { units: 1n, amountMinor: 100_00n }, 5_000_00n],
    // 3 points are 1.00
    [1n, { units: 3n, amountMinor: 100n }, 33n],
    [2n, { units: 3n, amountMinor: 100n }, 66n],
    [3n, { units: 3n, amountMinor: 100n }, 100n],
  ])('%s units at the rate are worth %s', (units, given, minor) => {
    expect(valueMinor(units, given)).toBe(minor);
  });

  test.each([
    ['bounded by what is there', 7n, 100_000_00n, 7n],
    ['bounded by the cart', 1_000n, 30_000_00n, 300n],
    ['a cart below one point', 1_000n, 99_99n, 0n],
    ['no cart known', 1_000n, null, 1_000n],
    ['nothing there', 0n, 30_000_00n, 0n],
    ['less than nothing there', -5n, null, 0n],
  ])('spendable: %s', (_words, available, cart, units) => {
    expect(spendableUnits(available, { units: 1n, amountMinor: 100_00n }, cart)).toBe(units);
  });

  test('what is spendable is never worth more than the cart, and one step more would be', () => {
    fc.assert(
      fc.property(rate, big(10n ** 12n), big(10n ** 9n), (given, cart, available) => {
        const units = spendableUnits(available, given, cart);
        expect(units).toBeLessThanOrEqual(available);
        expect(valueMinor(units, given)).toBeLessThanOrEqual(cart);
        const step = stepUnits(given);
        expect(units % step).toBe(0n);
        if (units + step <= available)
          expect((units + step) * given.amountMinor).toBeGreaterThan(cart * given.units);
      }),
    );
  });

  test.each([
    [1n, 100n, 1n],
    [3n, 100n, 3n],
    [100n, 1n, 100n],
    [100n, 250n, 2n],
    [6n, 4n, 3n],
    [5n, 5n, 1n],
  ])('%s units for %s: steps of %s', (units, amountMinor, step) => {
    expect(stepUnits({ units, amountMinor })).toBe(step);
  });

  test('a step is worth a whole number of minor units, so nothing is lost in rounding', () => {
    fc.assert(
      fc.property(rate, (given) => {
        const step = stepUnits(given);
        expect((step * given.amountMinor) % given.units).toBe(0n);
        for (let less = 1n; less < step && less < 50n; less++)
          expect((less * given.amountMinor) % given.units).not.toBe(0n);
      }),
    );
  });

  test.each([
    ['enough, in whole steps', 100n, 60n, null],
    ['all of it', 60n, 60n, null],
    ['less than the minimum', 100n, 9n, 'below_minimum'],
    ['less than the minimum of a smaller balance', 5n, 9n, 'below_minimum'],
    ['more than there is', 59n, 60n, 'insufficient'],
    ['more than there is, and not a step', 59n, 61n, 'insufficient'],
    ['not a whole step', 100n, 61n, 'not_a_step'],
  ] as const)('a spend is refused: %s', (_words, available, units, wanted) => {
    expect(spendRefusal(available, units, { units: 3n, amountMinor: 100n }, 10n)).toBe(wanted);
  });

  test('a spend worth less than a minor unit is below the minimum', () => {
    expect(spendRefusal(100n, 2n, { units: 3n, amountMinor: 1n }, 1n)).toBe('below_minimum');
  });

  test('a 50,000 code on a 30,000 cart spends 30,000', () => {
    expect(spentUnits(500n, 50_000_00n, 30_000_00n)).toBe(300n);
    expect(spentUnits(500n, 50_000_00n, 50_000_00n)).toBe(500n);
    expect(spentUnits(500n, 50_000_00n, 50_001_00n)).toBe(500n);
    expect(spentUnits(500n, 50_000_00n, 1n)).toBe(1n);
  });

  test('what is spent covers what was taken off, never more than was held, and rises with it', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        big(10n ** 12n),
        (units, code, taken, more) => {
          const spent = spentUnits(units, code, taken);
          expect(spent).toBeGreaterThan(0n);
          expect(spent).toBeLessThanOrEqual(units);
          if (taken <= code) expect(spent * code).toBeGreaterThanOrEqual(units * taken);
          expect(spentUnits(units, code, taken + more)).toBeGreaterThanOrEqual(spent);
        },
      ),
    );
  });

  test('what comes back rises with what was returned and is all of it in the end', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        big(10n ** 9n),
        big(10n ** 9n),
        (spent, total, returned, more) => {
          const back = restoreTarget(spent, returned, total);
          expect(back).toBeGreaterThanOrEqual(0n);
          expect(back).toBeLessThanOrEqual(restoreTarget(spent, returned + more, total));
          expect(restoreTarget(spent, total, total)).toBe(spent);
        },
      ),
    );
    expect(restoreTarget(300n, 1n, 3n)).toBe(100n);
    expect(restoreTarget(300n, 0n, 0n)).toBe(300n);
  });
});
