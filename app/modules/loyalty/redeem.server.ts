/** "Pay with points": reserve in the ledger, create the code at Shopify, hand it out; and give it back. */
import { pool, withTransaction } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { sha256 } from '#app/lib/ids.ts';
import type { RefusalReason } from '../../../extensions/shared/club-api.ts';
import { readClubs, type Club } from './club.server.ts';
import { endRedemption } from './close-redemption.server.ts';
import { issueRedemption, retryAt } from './issue-redemption.server.ts';
import { grant, type Granted } from './grant.server.ts';
import { findRedemption, type Redemption } from './redemptions.server.ts';
import { spendableUnits, stepUnits, valueMinor, type RedemptionRate } from './rules/redemption.ts';
import { greatest, proportionUp, type Unit } from './rules/units.ts';

/** What every code of ours begins with. */
export const CODE_PREFIX = 'SETIA-';
const MINUTE_MS = 60_000;

/** What a cart is worth, minor units, as the checkout shows it. */
export interface Cart {
  amountMinor: bigint;
  currency: string;
}

export interface ReserveInput {
  shopId: bigint;
  customerId: bigint;
  /** The client's own key: the same key gives the same redemption. */
  key: string;
  unit: Unit;
  units: bigint;
  cart: Cart | null;
}

export type ReserveResult =
  | { ok: true; redemption: Redemption }
  | { ok: false; reason: RefusalReason; available: bigint; minimum: bigint };

/** The rate of a unit: points by the shop's setting, credit is money as it is. */
export function rateOf(club: Club, unit: Unit): RedemptionRate {
  return unit === 'POINTS' ? club.redemption.rate : { units: 1n, amountMinor: 1n };
}

/** The least that can be spent of a unit: the shop's minimum, rounded up to a whole step of the rate. */
export function minimumOf(club: Club, unit: Unit): bigint {
  const step = stepUnits(rateOf(club, unit));
  const wanted = unit === 'POINTS' ? greatest(1n, club.redemption.minimumUnits) : 1n;
  return proportionUp(wanted, 1n, step) * step;
}

/** The cart's worth where it can be compared with the shop's money; null for another currency or no cart. */
export function comparableCart(club: Club, cart: Cart | null): bigint | null {
  return cart !== null && cart.currency === club.currency ? cart.amountMinor : null;
}

/**
 * Reserves `units` and answers the code to be applied. Expected refusals are returned with the figures; `pending`
 * means that Shopify's answer is not known yet and the same key should be asked again. Throws AppError `unknown_shop`.
 */
export async function reserveRedemption(input: ReserveInput): Promise<ReserveResult> {
  const { shopId, customerId, unit, units, key } = input;
  const club = await needClub(shopId);
  const inputHash = sha256(`${unit}|${units}`);
  const granted = await withTransaction((tx) =>
    grant<RefusalReason>(
      tx,
      { shopId, customerId, key, inputHash, kind: 'pay', unit, units, actor: null, codePrefix: CODE_PREFIX },
      (free) => refusal(club, input, free),
      (now) => ({
        amountMinor: valueMinor(units, rateOf(club, unit)),
        currency: club.currency ?? '',
        reward: null,
        expiresAt: new Date(now.getTime() + club.redemption.ttlMinutes * MINUTE_MS),
        nextCheckAt: retryAt(now, 2),
      }),
    ),
  );
  const answer = answerOf(await withCode(granted, club));
  return answer.ok ? answer : { ...answer, minimum: minimumOf(club, unit) };
}

/** The club of a shop. Throws AppError `unknown_shop`. */
export async function needClub(shopId: bigint): Promise<Club> {
  const club = (await readClubs(pool, [shopId])).get(shopId);
  if (!club) throw new AppError('unknown_shop', `shop ${shopId} is not known`);
  return club;
}

/** What a redemption that was granted means to its client: only an issued one has a code that works. */
export function answerOf(
  granted: Granted<RefusalReason>,
): { ok: true; redemption: Redemption } | { ok: false; reason: RefusalReason; available: bigint } {
  if (!granted.ok) return granted;
  const { redemption } = granted;
  if (redemption.state === 'issued') return { ok: true, redemption };
  return { ok: false, reason: redemption.state === 'reserved' ? 'pending' : 'refused', available: 0n };
}

/** Makes the code of what was just granted; anything older is answered as it is, unless its code is still to come. */
export async function withCode(granted: Granted<RefusalReason>, club: Club): Promise<Granted<RefusalReason>> {
  if (!granted.ok || granted.redemption.state !== 'reserved') return granted;
  return { ...granted, redemption: await issueRedemption(granted.redemption, club) };
}

function refusal(club: Club, input: ReserveInput, free: bigint): RefusalReason | null {
  const { unit, units, cart } = input;
  const rate = rateOf(club, unit);
  if (!club.redemption.isEnabled || club.currency === null) return 'disabled';
  if (units < minimumOf(club, unit) || valueMinor(units, rate) < 1n) return 'below_minimum';
  if (units > free) return 'insufficient';
  if (units % stepUnits(rate) !== 0n) return 'not_a_step';
  const cartMinor = comparableCart(club, cart);
  return cartMinor !== null && units > spendableUnits(free, rate, cartMinor) ? 'exceeds_cart' : null;
}

export type ReleaseResult = { ok: true } | { ok: false; reason: 'not_found' | 'used' | 'pending' };

/** Gives a redemption of this customer back: its code is ended at Shopify, then the value is free again. */
export async function releaseRedemption(input: {
  shopId: bigint;
  customerId: bigint;
  redemptionId: string;
}): Promise<ReleaseResult> {
  const redemption = await findRedemption(pool, input.shopId, input.redemptionId);
  const isTheirs = redemption?.customerId === input.customerId;
  // A payout has no code to end, and may be under way at Shopify.
  if (!redemption || !isTheirs || redemption.kind === 'payout') return { ok: false, reason: 'not_found' };
  const closed = await endRedemption(redemption, (await needClub(input.shopId)).domain);
  if (closed === 'released') return { ok: true };
  return { ok: false, reason: closed };
}
