import { currencyDigits } from '#app/lib/money.ts';

/** A new club's settings, before the merchant changes them. */
export interface FirstClub {
  /** Each full step of an order's base earns `units` points. Minor units of the shop's currency. */
  stepMinor: bigint;
  units: bigint;
  /** Each `rateUnits` points are worth `rateMinor` at checkout. */
  rateUnits: bigint;
  rateMinor: bigint;
}

/** Points for one step in any currency: "Rp 100,000 gives 10 points". */
const UNITS_PER_STEP = 10n;
/** One hundredth of the spend is returned. */
const VALUE_SHARE = 100n;

/** A step a merchant would choose: about the price of a lunch or two, in whole units of the currency. */
const STEPS: Record<string, bigint> = {
  IDR: 100_000n,
  VND: 200_000n,
  IRR: 5_000_000n,
  KRW: 10_000n,
  JPY: 1_000n,
  INR: 500n,
  PHP: 500n,
  THB: 300n,
  TWD: 300n,
  RUB: 1_000n,
  HUF: 4_000n,
  CLP: 10_000n,
  COP: 40_000n,
  ARS: 10_000n,
  NGN: 10_000n,
  PKR: 2_000n,
  LKR: 3_000n,
  EGP: 500n,
  TRY: 400n,
  MXN: 200n,
  ZAR: 200n,
  CZK: 200n,
  SEK: 100n,
  NOK: 100n,
  DKK: 100n,
  HKD: 100n,
  CNY: 100n,
  MYR: 50n,
  BRL: 50n,
  PLN: 50n,
  ILS: 50n,
  AED: 50n,
  SAR: 50n,
  QAR: 50n,
};
const STEP_OTHER = 10n;

/** Returns the first spend rule and redemption rate for a shop's currency: 1% of the spend is returned. */
export function firstClub(currency: string): FirstClub {
  const stepMinor = (STEPS[currency] ?? STEP_OTHER) * 10n ** BigInt(currencyDigits(currency));
  const valueMinor = stepMinor / VALUE_SHARE;
  // A point worth less than one minor unit can't be expressed, so several points are worth one.
  if (valueMinor >= UNITS_PER_STEP) {
    return { stepMinor, units: UNITS_PER_STEP, rateUnits: 1n, rateMinor: valueMinor / UNITS_PER_STEP };
  }
  return {
    stepMinor,
    units: UNITS_PER_STEP,
    rateUnits: UNITS_PER_STEP,
    rateMinor: valueMinor > 0n ? valueMinor : 1n,
  };
}
