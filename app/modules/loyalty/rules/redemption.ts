/** A redemption's states and its arithmetic. */
import { least, proportionUp } from './units.ts';

export type RedemptionState = 'reserved' | 'issued' | 'settled' | 'expired' | 'released' | 'failed';

/** A payment of any amount, a program's reward, a gift that staff hands out, a payout as store credit. */
export type RedemptionKind = 'pay' | 'reward' | 'gift' | 'payout';

/**
 * Allowed moves. `released -> settled`: an order that still arrives with the code is settled late, as debt if need
 * be; `reserved -> settled` likewise, when the order comes before Shopify's answer to the code's creation.
 */
const MOVES: Record<RedemptionState, readonly RedemptionState[]> = {
  reserved: ['issued', 'failed', 'released', 'settled'],
  issued: ['settled', 'released', 'expired'],
  expired: ['released', 'settled'],
  released: ['settled'],
  failed: ['settled'],
  settled: [],
};

/** Whether a redemption may go from one state to another. */
export function canMove(from: RedemptionState, to: RedemptionState): boolean {
  return MOVES[from].includes(to);
}

/** States in which the amount is held on the account. */
export const OPEN_STATES: readonly RedemptionState[] = ['reserved', 'issued', 'expired'];

/** The shop's exchange rate: `units` points (or credit minor units) are worth `amountMinor`. */
export interface RedemptionRate {
  units: bigint;
  amountMinor: bigint;
}

/** Money value of an amount at the rate, minor units, rounded down. */
export function valueMinor(units: bigint, rate: RedemptionRate): bigint {
  return (units * rate.amountMinor) / rate.units;
}

/** The least number of units that is worth a whole number of minor units: redemptions are multiples of it. */
export function stepUnits(rate: RedemptionRate): bigint {
  let [divisor, rest] = [rate.units, rate.amountMinor];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return rate.units / divisor;
}

/** Most units, in whole steps, that can be spent on `cartMinor` without spending more than the cart is worth. */
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

/** Units really spent when a code worth `codeMinor` for `codeUnits` took only `takenMinor` off: in proportion, rounded up. */
export function spentUnits(codeUnits: bigint, codeMinor: bigint, takenMinor: bigint): bigint {
  return takenMinor >= codeMinor ? codeUnits : proportionUp(codeUnits, takenMinor, codeMinor);
}

/** Units to have come back in all when `returned` of `total` discounted minor units were refunded; all when all was. */
export function restoreTarget(spent: bigint, returned: bigint, total: bigint): bigint {
  if (total === 0n || returned >= total) return spent;
  return (spent * returned) / total;
}
