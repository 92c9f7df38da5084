/** A redemption's states and its arithmetic. */
import type { RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import { least, proportionUp } from '#app/lib/integers.ts';

export type RedemptionState = 'reserved' | 'issued' | 'settled' | 'expired' | 'released' | 'failed';

/** A payment of any amount, a program's reward with a code, a gift that staff delivers, a payout as store credit. */
export type RedemptionKind = 'pay' | 'reward' | 'manual' | 'payout';

/**
 * Allowed moves. `released -> settled`: an order that still arrives with the code is settled late, as debt if
 * necessary; `reserved -> settled`: the order arrives before Shopify's answer to the code's creation.
 */
const MOVES: Record<RedemptionState, readonly RedemptionState[]> = {
  reserved: ['issued', 'failed', 'released', 'settled'],
  issued: ['settled', 'released', 'expired'],
  expired: ['released', 'settled'],
  released: ['settled'],
  failed: ['settled'],
  settled: [],
};

/** Returns whether a redemption may move from one state to another. */
export function canMove(from: RedemptionState, to: RedemptionState): boolean {
  return MOVES[from].includes(to);
}

/** The states in which the account holds the amount. */
export const OPEN_STATES: readonly RedemptionState[] = ['reserved', 'issued', 'expired'];

/** Returns the money value of an amount at the rate, minor units, rounded down. */
export function valueMinor(units: bigint, rate: RedemptionRate): bigint {
  return (units * rate.amountMinor) / rate.units;
}

/** Returns the smallest number of units worth a whole number of minor units; redemptions are multiples of it. */
export function stepUnits(rate: RedemptionRate): bigint {
  let [divisor, rest] = [rate.units, rate.amountMinor];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return rate.units / divisor;
}

/** Returns the most units, in whole steps, that can be spent without exceeding `cartMinor`; null is no limit. */
export function spendableUnits(
  availableUnits: bigint,
  rate: RedemptionRate,
  cartMinor: bigint | null,
): bigint {
  if (availableUnits <= 0n) return 0n;
  const most =
    cartMinor === null ? availableUnits : least(availableUnits, (cartMinor * rate.units) / rate.amountMinor);
  return most - (most % stepUnits(rate));
}

/** Returns the units spent when a code worth `codeMinor` took only `takenMinor` off: in proportion, rounded up. */
export function spentUnits(codeUnits: bigint, codeMinor: bigint, takenMinor: bigint): bigint {
  return takenMinor >= codeMinor ? codeUnits : proportionUp(codeUnits, takenMinor, codeMinor);
}

export type SpendRefusal = 'below_minimum' | 'insufficient' | 'not_a_step';

/** Returns why `units` of `available` cannot be spent at this rate, or null. */
export function spendRefusal(
  available: bigint,
  units: bigint,
  rate: RedemptionRate,
  minimum: bigint,
): SpendRefusal | null {
  if (units < minimum || valueMinor(units, rate) < 1n) return 'below_minimum';
  if (units > available) return 'insufficient';
  return units % stepUnits(rate) === 0n ? null : 'not_a_step';
}

/** Returns the total units to restore once `returned` of `total` discounted minor units were refunded. */
export function restoreTarget(spent: bigint, returned: bigint, total: bigint): bigint {
  if (total === 0n || returned >= total) return spent;
  return (spent * returned) / total;
}
