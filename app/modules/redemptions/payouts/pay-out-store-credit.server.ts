/**
 * Points or credit become Shopify's own store credit. A row holds the amount first, then Shopify is asked outside any
 * transaction. Shopify cannot tell a second try from a second payout: before every try its transactions are read, and one
 * that was not there before the first try is ours. A customer has one payout under way at a time.
 */
import { ledgerNow, pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import {
  creditCustomer,
  readCredits,
  type CreditTransaction,
} from '#app/integrations/shopify/store-credit.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { sha256 } from '#app/lib/ids.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import { requireClub } from '../require-club.server.ts';
import { holdReservation, openReservation, type Reserved } from '../reserve.server.ts';
import { retryAt } from '../retry-at.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { findRedemption, moveRedemption, type Redemption } from '../redemption-rows.server.ts';
import { spendRefusal, stepUnits, valueMinor } from '../rules/redemption.ts';
import { isHeldBack, isPriced, minimumFor, rateFor, type PricedClub } from '../spending.ts';
import type { Unit } from '#app/lib/units.ts';

/** How long one process may take to pay out before another checks: longer than a request to Shopify with its retries. */
const LEASE_MS = 2 * 60_000;

export interface PayoutInput {
  shopId: bigint;
  customerId: bigint;
  /** The screen's own key: the same key pays once. */
  key: string;
  unit: Unit;
  units: bigint;
  /** `staff:<user id>` */
  actor: string;
}

export type PayoutRefusal =
  'disabled' | 'below_minimum' | 'not_a_step' | 'insufficient' | 'already_open' | 'refused';

export type PayoutResult =
  | { ok: true; state: 'paid' | 'under_way'; redemption: Redemption }
  | {
      ok: false;
      reason: PayoutRefusal;
      available: bigint;
      minimum: bigint;
      step: bigint;
      failure: string | null;
    };

/**
 * Pays `units` out as store credit. `under_way`: Shopify's answer is not known yet, the amount stays held and the worker
 * finds out. Throws AppError `unknown_shop`.
 */
export async function payOutStoreCredit(input: PayoutInput): Promise<PayoutResult> {
  const { unit } = input;
  const club = await requireClub(input.shopId);
  const figures = { minimum: minimumFor(club, unit), step: stepUnits(rateFor(club, unit)) };
  const reserved = await reservePayout(input, club);
  if (!reserved.ok) return { ...reserved, ...figures, failure: null };
  // Only the request that made the row pays at once; another one with its key waits for the outcome.
  const redemption = reserved.isNew ? await tryPayout(reserved.redemption, club) : reserved.redemption;
  if (redemption.state === 'settled') return { ok: true, state: 'paid', redemption };
  if (redemption.state === 'reserved') return { ok: true, state: 'under_way', redemption };
  return { ok: false, reason: 'refused', available: 0n, ...figures, failure: redemption.failure };
}

async function reservePayout(input: PayoutInput, club: Club): Promise<Reserved<PayoutRefusal>> {
  const { shopId, customerId, key, unit, units, actor } = input;
  return withTransaction(async (tx) => {
    const opened = await openReservation(tx, {
      shopId,
      customerId,
      key,
      inputHash: sha256(`payout|${unit}|${units}`),
      kind: 'payout',
      unit,
      units,
      actor,
      codePrefix: 'PAYOUT-',
    });
    if (opened.isDecided) return opened.result;
    const { available } = opened;
    if (!isPriced(club)) return { ok: false, reason: 'disabled', available };
    const reason = await payoutRefusal(tx, club, input, available);
    if (reason !== null) return { ok: false, reason, available };
    return holdReservation(tx, opened, {
      amountMinor: valueMinor(units, rateFor(club, unit)),
      currency: club.currency,
      reward: null,
      expiresAt: opened.now,
      nextCheckAt: new Date(opened.now.getTime() + LEASE_MS),
    });
  });
}

async function payoutRefusal(
  tx: Transaction,
  club: PricedClub,
  { shopId, customerId, unit, units }: PayoutInput,
  available: bigint,
): Promise<PayoutRefusal | null> {
  if (isHeldBack(club, unit) || !(await isPayoutActive(tx, shopId))) return 'disabled';
  const reason = spendRefusal(available, units, rateFor(club, unit), minimumFor(club, unit));
  if (reason !== null) return reason;
  return (await hasPayoutUnderWay(tx, shopId, customerId)) ? 'already_open' : null;
}

/** Returns whether the merchant allows payouts as store credit. */
export async function isPayoutActive(db: Queryable, shopId: bigint): Promise<boolean> {
  const { rows } = await db.query<{ payout_active: boolean }>(
    'SELECT payout_active FROM club_settings WHERE shop_id = $1',
    [shopId],
  );
  return rows[0]?.payout_active === true;
}

async function hasPayoutUnderWay(db: Queryable, shopId: bigint, customerId: bigint): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT 1 FROM redemptions WHERE shop_id = $1 AND customer_id = $2 AND kind = 'payout' AND state = 'reserved'`,
    [shopId, customerId],
  );
  return rows.length > 0;
}

/** Processes a payout that is due: leases it, checks Shopify, and tries again if necessary. */
export async function resumePayout(redemption: Redemption, club: Club): Promise<void> {
  const { rows } = await pool.query<{ known: string[] | null; attempts: number }>(
    `UPDATE redemptions SET next_check_at = ledger_now() + $3 * interval '1 millisecond', attempts = attempts + 1
     WHERE shop_id = $1 AND redemption_id = $2 AND state = 'reserved' AND next_check_at <= ledger_now()
     RETURNING known_credits AS known, attempts`,
    [redemption.shopId, redemption.redemptionId, LEASE_MS],
  );
  const [mine] = rows;
  if (mine) await tryPayout({ ...redemption, knownCredits: mine.known, attempts: mine.attempts }, club);
}

async function tryPayout(redemption: Redemption, club: Club): Promise<Redemption> {
  const { customerId, amountMinor, currency } = redemption;
  const paid = await look(redemption, club);
  if (paid === 'not_known') return redemption;
  if (paid !== null) return settlePayout(redemption, paid.gid);
  const credit = await creditCustomer(club.domain, { customerId, amountMinor, currency });
  switch (credit.outcome) {
    case 'credited':
      return settlePayout(redemption, credit.gid);
    case 'refused':
      return moveRedemption(redemption, { to: 'failed', failure: credit.reason, nextCheckAt: null });
    case 'unknown':
    case 'not_now':
      await lookAgain(redemption);
      return redemption;
  }
}

/** Returns the transaction of this payout in an earlier try; the first look stores those that were there before. */
async function look(redemption: Redemption, club: Club): Promise<CreditTransaction | 'not_known' | null> {
  const { shopId, redemptionId, customerId, amountMinor, currency, knownCredits } = redemption;
  try {
    const credits = await readCredits(club.domain, customerId);
    if (knownCredits === null) {
      const { rowCount } = await pool.query(
        'UPDATE redemptions SET known_credits = $3 WHERE shop_id = $1 AND redemption_id = $2 AND known_credits IS NULL',
        [shopId, redemptionId, credits.map(({ gid }) => gid)],
      );
      // Another process stored them meanwhile, and continues.
      return rowCount === 1 ? null : 'not_known';
    }
    const known = new Set(knownCredits);
    const isOurs = (credit: CreditTransaction) =>
      !known.has(credit.gid) && credit.amountMinor === amountMinor && credit.currency === currency;
    return credits.find(isOurs) ?? null;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await lookAgain(redemption);
    return 'not_known';
  }
}

async function lookAgain({ shopId, redemptionId, attempts }: Redemption): Promise<void> {
  await pool.query('UPDATE redemptions SET next_check_at = $3 WHERE shop_id = $1 AND redemption_id = $2', [
    shopId,
    redemptionId,
    retryAt(await ledgerNow(pool), attempts + 2),
  ]);
}

/** The credit is at Shopify: the hold becomes one spend. Safe to repeat. */
async function settlePayout(redemption: Redemption, creditGid: string): Promise<Redemption> {
  const { shopId, redemptionId } = redemption;
  return withTransaction(async (tx) => {
    const plan = await openPosting(tx, [redemption], [redemption]);
    const current = (await findRedemption(tx, shopId, redemptionId)) ?? redemption;
    if (current.state !== 'reserved') return current;
    const { units, amountMinor, createdAt } = current;
    const now = await ledgerNow(tx);
    plan.endHold(current, redemptionId, units);
    plan.spend(current, 'redeem', units, [createdAt, now], {
      key: `redemption:${redemptionId}:settle`,
      source: 'staff',
      actor: current.actor ?? 'rules',
      effectiveAt: now,
      redemptionId,
    });
    await writePosting(tx, plan);
    await tx.query(
      `UPDATE redemptions SET state = 'settled', settled_units = $3, settled_minor = $4, credit_gid = $5, next_check_at = NULL,
         updated_at = clock_timestamp() WHERE shop_id = $1 AND redemption_id = $2`,
      [shopId, redemptionId, units, amountMinor, creditGid],
    );
    return { ...current, state: 'settled' };
  });
}
