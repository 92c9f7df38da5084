/** What an order earns over all rules, in money and as a share of the order. */
import { proportionDown } from '#app/lib/integers.ts';
import { valueMinor } from '#app/modules/redemptions/rules/redemption.ts';
import type { RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import type { Entitlement } from './earning.ts';

const BASIS_POINTS = 10_000n;

export interface OrderWorth {
  points: bigint;
  /** Minor units. */
  credit: bigint;
  /** Points at the shop's rate and credit, minor units; null while points can't pay. */
  worthMinor: bigint | null;
  /** Hundredths of a percent of the order, rounded down; null without a worth, or for an order of nothing. */
  shareBp: number | null;
}

/** Adds up what an order of this amount earns. `rate` is null while points can't pay at checkout. */
export function orderWorth(
  given: readonly Pick<Entitlement, 'unit' | 'amount'>[],
  rate: RedemptionRate | null,
  amountMinor: bigint,
): OrderWorth {
  const sum = (unit: Entitlement['unit']) =>
    given.reduce((total, part) => (part.unit === unit ? total + part.amount : total), 0n);
  const [points, credit] = [sum('POINTS'), sum('CREDIT')];
  const worthMinor = points === 0n ? credit : rate && valueMinor(points, rate) + credit;
  const shareBp =
    worthMinor === null || amountMinor <= 0n
      ? null
      : Number(proportionDown(worthMinor, BASIS_POINTS, amountMinor));
  return { points, credit, worthMinor, shareBp };
}
