/**
 * The first step of every redemption, whatever its kind: under the account's lock the same key gives the same
 * redemption, and what is granted is held (a gift: spent) in the transaction that says so.
 */
import { randomUUID } from 'node:crypto';
import { clubNow, type Transaction } from '#app/db.server.ts';
import { randomCode } from '#app/lib/ids.ts';
import { logger } from '#app/lib/logger.server.ts';
import { openPosting, writePosting } from './ledger.server.ts';
import { findByClientKey, findOpen, insertRedemption, type Redemption } from './redemptions.server.ts';
import { available } from './rules/account.ts';
import type { PostingPlan } from './rules/posting.ts';
import type { RedemptionKind } from './rules/redemption.ts';
import type { RewardTerms } from './rules/reward.ts';
import type { Unit } from './rules/units.ts';

/** More open redemptions than this are no shopping any more. */
const OPEN_REDEMPTIONS_MAX = 20;

export interface GrantRequest {
  shopId: bigint;
  customerId: bigint;
  /** The client's own key: the same key gives the same redemption. */
  key: string;
  /** Hash of what is asked for under that key. */
  inputHash: string;
  kind: RedemptionKind;
  unit: Unit;
  units: bigint;
  /** Staff who asks; null for the customer. */
  actor: string | null;
  codePrefix: string;
}

export interface GrantTerms {
  amountMinor: bigint;
  currency: string;
  reward: RewardTerms | null;
  expiresAt: Date;
  /** When the worker looks at it; null for never. */
  nextCheckAt: Date | null;
}

export type Granted<Reason> =
  | { ok: true; redemption: Redemption; isNew: boolean }
  | { ok: false; reason: Reason | 'already_open' | 'refused'; available: bigint };

/**
 * Grants the request unless `refuse` says why not; `refuse` sees what is available and may lock more. The same key with
 * another input is `refused`. Runs inside the caller's transaction.
 */
export async function grant<Reason>(
  tx: Transaction,
  request: GrantRequest,
  refuse: (free: bigint, now: Date) => Promise<Reason | null> | Reason | null,
  termsAt: (now: Date) => GrantTerms,
): Promise<Granted<Reason>> {
  const { shopId, customerId, unit, units, key, kind, inputHash, actor } = request;
  const account = { shopId, customerId, unit };
  const plan = await openPosting(tx, [account], [account]);
  const now = await clubNow(tx);
  const free = available(plan.account(account), now);
  const before = await findByClientKey(tx, shopId, customerId, key);
  if (before) {
    if (before.inputHash === inputHash) return { ok: true, redemption: before, isNew: false };
    logger.error(
      { shopId: shopId.toString(), redemptionId: before.redemptionId },
      'one redemption key with two inputs',
    );
    return { ok: false, reason: 'refused', available: free };
  }
  const open = await findOpen(tx, shopId, customerId);
  const reason = open.length >= OPEN_REDEMPTIONS_MAX ? 'already_open' : await refuse(free, now);
  if (reason !== null) return { ok: false, reason, available: free };
  const { nextCheckAt, ...terms } = termsAt(now);
  const redemption: Redemption = {
    shopId,
    redemptionId: randomUUID(),
    customerId,
    clientKey: key,
    inputHash,
    kind,
    unit,
    units,
    ...terms,
    code: request.codePrefix + randomCode(),
    state: kind === 'gift' ? 'settled' : 'reserved',
    discountGid: null,
    orderId: null,
    failure: null,
    actor,
    knownCredits: null,
    attempts: 0,
    createdAt: now,
  };
  if (kind === 'gift') spendAtOnce(plan, redemption);
  else plan.hold(account, redemption.redemptionId, units);
  await writePosting(tx, plan);
  await insertRedemption(tx, redemption, nextCheckAt);
  return { ok: true, redemption, isNew: true };
}

function spendAtOnce(plan: PostingPlan, redemption: Redemption): void {
  const { redemptionId, units, createdAt } = redemption;
  plan.spend(redemption, 'redeem', units, [createdAt], {
    key: `redemption:${redemptionId}:settle`,
    source: 'redemption',
    actor: redemption.actor ?? 'customer',
    effectiveAt: createdAt,
    redemptionId,
  });
}
