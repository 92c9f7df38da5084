/** The ten figures of a customer by hand, and what must hold for any. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerMetrics, wholeMonths, type OrderSums } from '#app/modules/orders/rules/customer-metrics.ts';

const day = (text: string) => new Date(`${text}T05:00:00Z`);

/** Siti: 5 valid orders of Rp 1,250,000 together from 10 January to 20 May, 12 pieces, and two that were cancelled. */
const SITI: OrderSums = {
  ordersAll: 7,
  ordersValid: 5,
  otherCurrencyAll: 0,
  otherCurrencyValid: 0,
  items: 12,
  totalAllMinor: 175_000_000n,
  spendMinor: 125_000_000n,
  firstOrderAt: day('2026-01-10'),
  lastOrderAt: day('2026-05-20'),
  latestOrderAt: day('2026-06-02'),
  activeMonths: 4,
};
const NOBODY: OrderSums = {
  ordersAll: 0,
  ordersValid: 0,
  otherCurrencyAll: 0,
  otherCurrencyValid: 0,
  items: 0,
  totalAllMinor: 0n,
  spendMinor: 0n,
  firstOrderAt: null,
  lastOrderAt: null,
  latestOrderAt: null,
  activeMonths: 0,
};

describe('the figures of a customer', () => {
  it('are these for Siti on 15 July, 6 whole months after her first order', () => {
    const terms = { firstDay: '2026-01-10', today: '2026-07-15', lifetimeMonths: 36 };
    expect(customerMetrics(SITI, terms)).toEqual({
      months: 6,
      orders: { valid: 5, all: 7 },
      otherCurrency: { valid: 0, all: 0 },
      items: 12,
      spendMinor: { valid: 125_000_000n, all: 175_000_000n },
      // 1,250,000 / 6 = 208,333.33
      monthlySpendMinor: 20_833_333n,
      // 5 / 6 = 0.83
      monthlyOrdersHundredths: 83n,
      lastOrderAt: { valid: SITI.lastOrderAt, all: SITI.latestOrderAt },
      // 130 days / 4 = 32.5
      gapTenths: 325n,
      // 250,000 x 5/6 x 36 = 7,500,000
      lifetimeMinor: 750_000_000n,
      lifetimeMonths: 36,
      // 1,250,000 / 5 and 1,750,000 / 7
      averageOrderMinor: { valid: 25_000_000n, all: 25_000_000n },
      // 4 of 6 months
      loyalBp: 6_667,
    });
  });

  it('count the first month as a whole one, and orders in two months of it as all of it', () => {
    const once = { ...SITI, ordersValid: 2, lastOrderAt: day('2026-02-01'), activeMonths: 2 };
    const terms = { firstDay: '2026-01-10', today: '2026-02-03', lifetimeMonths: 12 };
    expect(customerMetrics(once, terms)).toMatchObject({
      months: 1,
      monthlySpendMinor: 125_000_000n,
      monthlyOrdersHundredths: 200n,
      gapTenths: 220n,
    });
  });

  it('predict nothing from fewer than three orders, or from less than 90 days between them', () => {
    const terms = { firstDay: '2026-01-10', today: '2026-07-15', lifetimeMonths: 36 };
    const enough = { ...SITI, ordersValid: 3, lastOrderAt: day('2026-04-10') };
    expect(customerMetrics(enough, terms)).toMatchObject({ lifetimeMinor: 750_000_000n, loyalBp: 6_667 });
    for (const few of [{ ordersValid: 2 }, { lastOrderAt: new Date(day('2026-04-10').getTime() - 1) }])
      expect(customerMetrics({ ...enough, ...few }, terms)).toMatchObject({
        lifetimeMinor: null,
        loyalBp: null,
      });
  });

  it('count orders in the last days of one month and the first of the next as no more than all months', () => {
    const often = { ...SITI, lastOrderAt: day('2026-04-10'), activeMonths: 4 };
    const terms = { firstDay: '2026-01-10', today: '2026-04-12', lifetimeMonths: 12 };
    expect(customerMetrics(often, terms)).toMatchObject({ months: 3, loyalBp: 10_000 });
  });

  it('divide money by the orders that it is from: those in another currency are orders, not money', () => {
    const changed = { ...SITI, otherCurrencyAll: 3, otherCurrencyValid: 1 };
    const terms = { firstDay: '2026-01-10', today: '2026-07-15', lifetimeMonths: 36 };
    expect(customerMetrics(changed, terms)).toMatchObject({
      orders: { valid: 5, all: 7 },
      otherCurrency: { valid: 1, all: 3 },
      // 1,250,000 / 4 and 1,750,000 / 4
      averageOrderMinor: { valid: 31_250_000n, all: 43_750_000n },
    });
  });

  it('have no gap with one order, and no rates without a valid one', () => {
    const terms = { firstDay: '2026-01-10', today: '2026-02-03', lifetimeMonths: 12 };
    expect(customerMetrics({ ...SITI, ordersValid: 1 }, terms).gapTenths).toBeNull();
    const unpaid = { ...NOBODY, ordersAll: 1, totalAllMinor: 500n, latestOrderAt: day('2026-01-10') };
    expect(customerMetrics(unpaid, { ...terms, firstDay: null })).toMatchObject({
      months: null,
      monthlySpendMinor: null,
      monthlyOrdersHundredths: null,
      lifetimeMinor: null,
      loyalBp: null,
      averageOrderMinor: { valid: null, all: 500n },
    });
  });

  it.each([
    ['2026-01-10', '2026-01-10', 0],
    ['2026-01-10', '2026-02-09', 0],
    ['2026-01-10', '2026-02-10', 1],
    ['2025-11-30', '2026-02-28', 2],
    ['2024-12-31', '2026-12-31', 24],
  ])('%s to %s are %s whole months', (from, to, months) => {
    expect(wholeMonths(from, to)).toBe(months);
  });

  it('stay within half a unit of the exact fraction, whatever the sums', () => {
    const sums = fc.record({
      orders: fc.integer({ min: 3, max: 5_000 }),
      spend: fc.bigInt({ min: 0n, max: 10n ** 13n }),
      months: fc.integer({ min: 1, max: 600 }),
      active: fc.integer({ min: 1, max: 601 }),
      lifetime: fc.integer({ min: 1, max: 600 }),
    });
    fc.assert(
      fc.property(sums, ({ orders, spend, months, active, lifetime }) => {
        const firstDay = '1970-01-01';
        const today = `${1970 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
        const given = { ...SITI, ordersValid: orders, spendMinor: spend, activeMonths: active };
        const metrics = customerMetrics(given, { firstDay, today, lifetimeMonths: lifetime });
        const isRounded = (value: bigint | null, numerator: bigint, denominator: bigint) => {
          const error = 2n * ((value ?? -1n) * denominator - numerator);
          expect(error <= denominator && error > -denominator).toBe(true);
        };
        expect(metrics.months).toBe(months);
        isRounded(metrics.monthlySpendMinor, spend, BigInt(months));
        isRounded(metrics.averageOrderMinor.valid, spend, BigInt(orders));
        isRounded(metrics.monthlyOrdersHundredths, BigInt(orders) * 100n, BigInt(months));
        isRounded(metrics.lifetimeMinor, spend * BigInt(lifetime), BigInt(months));
        expect(metrics.loyalBp).toBeLessThanOrEqual(10_000);
        expect(metrics.loyalBp).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
