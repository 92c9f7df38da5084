/**
 * Step 1 of a redemption, whatever its kind, inside the caller's transaction: `openReservation` locks the account and
 * looks the client's key up, the caller decides, then `holdReservation` (a gift: `spendReservation`) writes it.
 */
import { randomUUID } from 'node:crypto';
import type { Transaction } from '#app/db.server.ts';
import { randomCode } from '#app/lib/ids.ts';
import { logger } from '#app/lib/logger.server.ts';
import type { Unit } from '#app/lib/units.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { available } from '#app/modules/ledger/rules/account.ts';
import type { PostingPlan } from '#app/modules/ledger/rules/posting-plan.ts';
import { findEarlier, insertRedemption, type Redemption } from './redemption-rows.server.ts';
import type { RedemptionKind } from './rules/redemption.ts';
import type { RewardTerms } from './rules/reward.ts';

/** More than any real shopper would have open. */
const OPEN_REDEMPTIONS_MAX = 20;

/**
 * Codes of a customer in an hour, given back or not: reserving costs the customer nothing and the shop calls at Shopify.
 * More than may be open at once.
 */
const RESERVATIONS_AN_HOUR_MAX = 30;

/** What the code of a payment or a reward begins with. */
export const CODE_PREFIX = 'SETIA-';

export interface ReservationRequest {
  shopId: bigint;
  customerId: bigint;
  /** The client's own key: the same key gives the same redemption. */
  key: string;
  /** Hash of what is requested under that key. */
  inputHash: string;
  kind: RedemptionKind;
  unit: Unit;
  units: bigint;
  /** The staff member who requests it; null for the customer. */
  actor: string | null;
  codePrefix: string;
}

export interface ReservationTerms {
  amountMinor: bigint;
  currency: string;
  reward: RewardTerms | null;
  expiresAt: Date;
  /** When the worker checks it; null for never. */
  nextCheckAt: Date | null;
}

/** `isNew` is false if the key was used before. */
export type Accepted = { ok: true; redemption: Redemption; isNew: boolean };

export type Refused<Reason> = {
  ok: false;
  reason: Reason | 'already_open' | 'refused';
  available: bigint;
};

export type Reserved<Reason> = Accepted | Refused<Reason>;

/** A reservation under a new key whose account is locked. Nothing of it is written yet. */
export interface OpenReservation {
  isDecided: false;
  request: ReservationRequest;
  plan: PostingPlan;
  now: Date;
  /** What the customer requested in the last hour. */
  inLastHour: number;
  /** What the customer can spend. */
  available: bigint;
}

/**
 * Locks the account and opens a reservation. It is decided already if the key was used before: the same redemption for
 * the same input, `refused` for another; or if the customer has too many open redemptions.
 */
export async function openReservation(
  tx: Transaction,
  request: ReservationRequest,
): Promise<OpenReservation | { isDecided: true; result: Reserved<never> }> {
  const { shopId, customerId, unit, key, inputHash } = request;
  const account = { shopId, customerId, unit };
  const plan = await openPosting(tx, [account], [account], { isTakingBack: false });
  const { now, open, inLastHour, ofKey } = await findEarlier(tx, shopId, customerId, key);
  const free = available(plan.account(account), now);
  if (ofKey?.inputHash === inputHash)
    return { isDecided: true, result: { ok: true, redemption: ofKey, isNew: false } };
  if (ofKey) {
    const { redemptionId } = ofKey;
    logger.error({ shopId: shopId.toString(), redemptionId }, 'one redemption key with two inputs');
    return { isDecided: true, result: { ok: false, reason: 'refused', available: free } };
  }
  if (open >= OPEN_REDEMPTIONS_MAX)
    return { isDecided: true, result: { ok: false, reason: 'already_open', available: free } };
  return { isDecided: false, request, plan, now, inLastHour, available: free };
}

/** Returns whether a customer has requested more in the last hour than anyone needs. */
export function tooManyReservations({ inLastHour }: OpenReservation): boolean {
  return inLastHour >= RESERVATIONS_AN_HOUR_MAX;
}

/** Holds the units and writes the redemption as `reserved`. */
export async function holdReservation(
  tx: Transaction,
  { request, plan, now }: OpenReservation,
  terms: ReservationTerms,
): Promise<Accepted> {
  const redemption: Redemption = { ...newRedemption(request, terms, now), state: 'reserved' };
  plan.hold(redemption, redemption.redemptionId, redemption.units);
  return writeReservation(tx, plan, redemption, terms.nextCheckAt);
}

/** Spends the units at once and writes the redemption as `settled`: there is no code that an order could use. */
export async function spendReservation(
  tx: Transaction,
  { request, plan, now }: OpenReservation,
  terms: ReservationTerms,
): Promise<Accepted> {
  const redemption: Redemption = { ...newRedemption(request, terms, now), state: 'settled' };
  const { redemptionId, units, actor } = redemption;
  plan.spend(redemption, 'redeem', units, [now], {
    key: `redemption:${redemptionId}:settle`,
    source: 'redemption',
    actor: actor ?? 'customer',
    effectiveAt: now,
    redemptionId,
  });
  return writeReservation(tx, plan, redemption, terms.nextCheckAt);
}

async function writeReservation(
  tx: Transaction,
  plan: PostingPlan,
  redemption: Redemption,
  nextCheckAt: Date | null,
): Promise<Accepted> {
  await Promise.all([writePosting(tx, plan), insertRedemption(tx, redemption, nextCheckAt)]);
  return { ok: true, redemption, isNew: true };
}

function newRedemption(
  { key, codePrefix, ...request }: ReservationRequest,
  { nextCheckAt: _nextCheckAt, ...terms }: ReservationTerms,
  now: Date,
): Omit<Redemption, 'state'> {
  return {
    ...request,
    ...terms,
    redemptionId: randomUUID(),
    clientKey: key,
    code: codePrefix + randomCode(),
    discountGid: null,
    orderId: null,
    failure: null,
    releasedBecause: null,
    knownCredits: null,
    attempts: 0,
    createdAt: now,
  };
}
