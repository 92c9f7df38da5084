/** "Pay with points": reserve in the ledger, create the code at Shopify, hand it out; and give it back. */
import { randomUUID } from 'node:crypto';
import { clubNow, pool, withTransaction } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { randomCode, sha256 } from '#app/lib/ids.ts';
import { logger } from '#app/lib/logger.server.ts';
import type { RefusalReason } from '../../../extensions/shared/club-api.ts';
import { readClubs, type Club } from './club.server.ts';
import { endRedemption } from './close-redemption.server.ts';
import { issueRedemption, retryAt } from './issue-redemption.server.ts';
import { openPosting, writePosting } from './ledger.server.ts';
import {
  findByClientKey,
  findOpen,
  findRedemption,
  insertRedemption,
  type Redemption,
} from './redemptions.server.ts';
import { available } from './rules/account.ts';
import { spendableUnits, stepUnits, valueMinor, type RedemptionRate } from './rules/redemption.ts';
import { greatest, proportionUp, type Unit } from './rules/units.ts';

/** More open codes than this are no shopping any more. */
const OPEN_REDEMPTIONS_MAX = 20;
const CODE_PREFIX = 'SETIA-';
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
  const club = await readClub(input.shopId);
  const reserved = await withTransaction((tx) => reserve(tx, club, input));
  if (!reserved.ok || reserved.redemption.state !== 'reserved') return resultOf(reserved, club, input.unit);
  const redemption = await issueRedemption(reserved.redemption, club);
  return resultOf({ ok: true, redemption }, club, input.unit);
}

async function readClub(shopId: bigint): Promise<Club> {
  const club = (await readClubs(pool, [shopId])).get(shopId);
  if (!club) throw new AppError('unknown_shop', `shop ${shopId} is not known`);
  return club;
}

type Reserved =
  { ok: true; redemption: Redemption } | { ok: false; reason: RefusalReason; available: bigint };

/** Only an issued redemption has a code that works; everything else is a refusal by now. */
function resultOf(reserved: Reserved, club: Club, unit: Unit): ReserveResult {
  const minimum = minimumOf(club, unit);
  if (!reserved.ok) return { ...reserved, minimum };
  const { redemption } = reserved;
  if (redemption.state === 'issued') return { ok: true, redemption };
  return {
    ok: false,
    reason: redemption.state === 'reserved' ? 'pending' : 'refused',
    available: 0n,
    minimum,
  };
}

async function reserve(
  tx: Parameters<Parameters<typeof withTransaction>[0]>[0],
  club: Club,
  input: ReserveInput,
): Promise<Reserved> {
  const { shopId, customerId, unit, units, key } = input;
  const account = { shopId, customerId, unit };
  const plan = await openPosting(tx, [account], [account]);
  const now = await clubNow(tx);
  const free = available(plan.account(account), now);
  const inputHash = sha256(`${unit}|${units}`);
  const before = await findByClientKey(tx, shopId, customerId, key);
  if (before) {
    if (before.inputHash === inputHash) return { ok: true, redemption: before };
    logger.error(
      { shopId: shopId.toString(), redemptionId: before.redemptionId },
      'one redemption key with two inputs',
    );
    return { ok: false, reason: 'refused', available: free };
  }
  const open = await findOpen(tx, shopId, customerId);
  const reason = open.length >= OPEN_REDEMPTIONS_MAX ? 'already_open' : refusal(club, input, free);
  if (reason) return { ok: false, reason, available: free };
  const redemption: Redemption = {
    shopId,
    redemptionId: randomUUID(),
    customerId,
    clientKey: key,
    inputHash,
    unit,
    units,
    amountMinor: valueMinor(units, rateOf(club, unit)),
    currency: club.currency ?? '',
    code: CODE_PREFIX + randomCode(),
    state: 'reserved',
    discountGid: null,
    orderId: null,
    failure: null,
    attempts: 0,
    expiresAt: new Date(now.getTime() + club.redemption.ttlMinutes * MINUTE_MS),
    createdAt: now,
  };
  plan.hold(account, redemption.redemptionId, units);
  await writePosting(tx, plan);
  await insertRedemption(tx, redemption, retryAt(now, 2));
  return { ok: true, redemption };
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
  if (!redemption || redemption.customerId !== input.customerId) return { ok: false, reason: 'not_found' };
  const closed = await endRedemption(redemption, (await readClub(input.shopId)).domain);
  if (closed === 'released') return { ok: true };
  return { ok: false, reason: closed };
}
