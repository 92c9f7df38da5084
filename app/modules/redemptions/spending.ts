/** What a club's settings mean for an amount of points or credit that is about to be spent. */
import { greatest, proportionUp } from '#app/lib/integers.ts';
import type { Unit } from '#app/lib/units.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import type { RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import { stepUnits } from './rules/redemption.ts';

/** A cart's value in minor units, as the checkout shows it. */
export interface Cart {
  amountMinor: bigint;
  currency: string;
}

/** A club whose currency is known: nothing can be spent in another. */
export type PricedClub = Club & { currency: string };

/** Whether the shop's currency is known. It is not until the app was opened there. */
export function isPriced(club: Club): club is PricedClub {
  return club.currency !== null;
}

/** Whether nothing of a unit can be spent: credit of a currency that the shop no longer has. */
export function isHeldBack(club: Pick<Club, 'isCreditHeld'>, unit: Unit): boolean {
  return unit === 'CREDIT' && club.isCreditHeld;
}

type SpendSettings = Pick<Club, 'currency' | 'redemption'>;

/** Returns the rate of a unit: points have the shop's, credit is money already. */
export function rateFor(club: SpendSettings, unit: Unit): RedemptionRate {
  return unit === 'POINTS' ? club.redemption.rate : { units: 1n, amountMinor: 1n };
}

/** Returns the least that can be spent of a unit: the shop's minimum, rounded up to a whole step of the rate. */
export function minimumFor(club: SpendSettings, unit: Unit): bigint {
  const step = stepUnits(rateFor(club, unit));
  const wanted = unit === 'POINTS' ? greatest(1n, club.redemption.minimumUnits) : 1n;
  return proportionUp(wanted, 1n, step) * step;
}

/** Returns the cart's value if it is in the shop's currency; null for another currency or no cart. */
export function comparableCart(club: SpendSettings, cart: Cart | null): bigint | null {
  return cart !== null && cart.currency === club.currency ? cart.amountMinor : null;
}
