/**
 * The figures of one customer (F41-F50) from the stored sums of their orders. Whole numbers only: money in minor units,
 * rounded half up, everything else in fixed fractions of its unit.
 */

import { dividedHalfUp } from '#app/lib/integers.ts';

/** Sums of the customer's orders; `valid` ones are paid, not cancelled, not tests. */
export interface OrderSums {
  ordersAll: number;
  ordersValid: number;
  /** Of those, orders whose money is of another currency than the shop's and in none of these sums. */
  otherCurrencyAll: number;
  otherCurrencyValid: number;
  /** Quantity of valid orders, returns deducted. */
  items: number;
  totalAllMinor: bigint;
  /** Of valid orders, less what went back. */
  spendMinor: bigint;
  /** Of valid orders. */
  firstOrderAt: Date | null;
  lastOrderAt: Date | null;
  /** Of any order. */
  latestOrderAt: Date | null;
  /** Calendar months with a valid order. */
  activeMonths: number;
}

/** A figure of valid orders, and the same of orders of every status. */
export interface Both<T> {
  valid: T;
  all: T;
}

export interface CustomerMetrics {
  /** Whole months from the first valid order until now, at least one; null without valid orders. */
  months: number | null;
  orders: Both<number>;
  /** Of those, orders in another currency: no amount includes them. */
  otherCurrency: Both<number>;
  items: number;
  spendMinor: Both<bigint>;
  /** F44: spend by month. */
  monthlySpendMinor: bigint | null;
  /** F45: hundredths of an order by month. */
  monthlyOrdersHundredths: bigint | null;
  lastOrderAt: Both<Date | null>;
  /** F47: tenths of a day between two valid orders; null below two. */
  gapTenths: bigint | null;
  /** F48: what the customer is worth if they go on like this for `lifetimeMonths`; null below `canPredict`. */
  lifetimeMinor: bigint | null;
  lifetimeMonths: number;
  /** F49. */
  averageOrderMinor: Both<bigint | null>;
  /** F50: hundredths of a percent of the months with an order, at most 10,000; null below `canPredict`. */
  loyalBp: number | null;
}

interface MetricsTerms {
  /** The day of the first valid order and today in the shop's time zone, `YYYY-MM-DD`. */
  firstDay: string | null;
  today: string;
  /** How long the shop expects a customer to stay. */
  lifetimeMonths: number;
}

const DAY_MS = 86_400_000n;
const TENTHS = 10n;
const HUNDREDTHS = 100n;
const BASIS_POINTS = 10_000n;

/** A prediction needs that many valid orders over that many days between the first and the last. */
export const PREDICTION_ORDERS_MIN = 3;
export const PREDICTION_DAYS_MIN = 90;

/** Whether there are enough orders to say how a customer will go on. */
export function canPredict({ ordersValid, firstOrderAt, lastOrderAt }: OrderSums): boolean {
  if (firstOrderAt === null || lastOrderAt === null) return false;
  const betweenMs = BigInt(lastOrderAt.getTime() - firstOrderAt.getTime());
  return ordersValid >= PREDICTION_ORDERS_MIN && betweenMs >= BigInt(PREDICTION_DAYS_MIN) * DAY_MS;
}

/** The ten figures of a customer. */
export function customerMetrics(sums: OrderSums, terms: MetricsTerms): CustomerMetrics {
  const { ordersAll, ordersValid, spendMinor, totalAllMinor, otherCurrencyAll, otherCurrencyValid } = sums;
  const months = terms.firstDay === null ? null : Math.max(1, wholeMonths(terms.firstDay, terms.today));
  const byMonth = (amount: bigint) => (months === null ? null : dividedHalfUp(amount, BigInt(months)));
  return {
    months,
    orders: { valid: ordersValid, all: ordersAll },
    otherCurrency: { valid: otherCurrencyValid, all: otherCurrencyAll },
    items: sums.items,
    spendMinor: { valid: spendMinor, all: totalAllMinor },
    monthlySpendMinor: byMonth(spendMinor),
    monthlyOrdersHundredths: byMonth(BigInt(ordersValid) * HUNDREDTHS),
    lastOrderAt: { valid: sums.lastOrderAt, all: sums.latestOrderAt },
    gapTenths: meanGapTenths(sums),
    // Average order x orders by month x months: the count of orders falls out, and with it a rounding.
    lifetimeMinor: canPredict(sums) ? byMonth(spendMinor * BigInt(terms.lifetimeMonths)) : null,
    lifetimeMonths: terms.lifetimeMonths,
    averageOrderMinor: {
      valid: average(spendMinor, ordersValid - otherCurrencyValid),
      all: average(totalAllMinor, ordersAll - otherCurrencyAll),
    },
    loyalBp: canPredict(sums) ? loyalRatio(sums.activeMonths, months) : null,
  };
}

/** Whole months between two days (`YYYY-MM-DD`): a month ends on the same day of the next. */
export function wholeMonths(from: string, to: string): number {
  const [fromYear, fromMonth, fromDay] = parts(from);
  const [toYear, toMonth, toDay] = parts(to);
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0);
}

function parts(day: string): [year: number, month: number, day: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

function meanGapTenths({ firstOrderAt, lastOrderAt, ordersValid }: OrderSums): bigint | null {
  if (firstOrderAt === null || lastOrderAt === null || ordersValid < 2) return null;
  const betweenMs = BigInt(lastOrderAt.getTime() - firstOrderAt.getTime());
  return dividedHalfUp(betweenMs * TENTHS, BigInt(ordersValid - 1) * DAY_MS);
}

function average(amountMinor: bigint, count: number): bigint | null {
  return count === 0 ? null : dividedHalfUp(amountMinor, BigInt(count));
}

function loyalRatio(activeMonths: number, months: number | null): number | null {
  if (months === null) return null;
  const ratio = dividedHalfUp(BigInt(activeMonths) * BASIS_POINTS, BigInt(months));
  // Orders at the end of one month and the beginning of the next make two months within one.
  return Number(ratio > BASIS_POINTS ? BASIS_POINTS : ratio);
}
