/**
 * Points or credit become Shopify's own store credit (C5). An intent row holds the value, then Shopify is asked outside
 * any transaction. Shopify cannot tell a second try from a second payout: before every try its transactions are read, and
 * one that was not there before the first is ours. One payout of a customer is under way at a time.
 */
import { clubNow, pool, withTransaction, type Queryable } from '#app/db.server.ts';
import {
  creditCustomer,
  readCredits,
  type CreditTransaction,
} from '#app/integrations/shopify/store-credit.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { sha256 } from '#app/lib/ids.ts';
import type { Club } from './club.server.ts';
import { grant, type Granted } from './grant.server.ts';
import { retryAt } from './issue-redemption.server.ts';
import { openPosting, writePosting } from './ledger.server.ts';
import { minimumOf, needClub, rateOf } from './redeem.server.ts';
import { findRedemption, moveRedemption, type Redemption } from './redemptions.server.ts';
import { stepUnits, valueMinor } from './rules/redemption.ts';
import type { Unit } from './rules/units.ts';

/** Whoever pays out has so long before somebody else may look: longer than a request to Shopify with its retries. */
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
 * Pays `units` out as store credit. `under_way`: Shopify's answer is not known yet, the value stays held and the worker
 * finds out. Throws AppError `unknown_shop`.
 */
export async function payOutStoreCredit(input: PayoutInput): Promise<PayoutResult> {
  const { shopId, customerId, key, unit, units, actor } = input;
  const club = await needClub(shopId);
  const rate = rateOf(club, unit);
  const granted = await withTransaction(async (tx) =>
    grant<PayoutRefusal>(
      tx,
      {
        shopId,
        customerId,
        key,
        inputHash: sha256(`payout|${unit}|${units}`),
        kind: 'payout',
        unit,
        units,
        actor,
        codePrefix: 'PAYOUT-',
      },
      async (free) => {
        if (!(await isPayoutActive(tx, shopId)) || club.currency === null) return 'disabled';
        if (units < minimumOf(club, unit) || valueMinor(units, rate) < 1n) return 'below_minimum';
        if (units > free) return 'insufficient';
        if (units % stepUnits(rate) !== 0n) return 'not_a_step';
        return (await hasPayoutUnderWay(tx, shopId, customerId)) ? 'already_open' : null;
      },
      (now) => ({
        amountMinor: valueMinor(units, rate),
        currency: club.currency ?? '',
        reward: null,
        expiresAt: now,
        nextCheckAt: new Date(now.getTime() + LEASE_MS),
      }),
    ),
  );
  const figures = { minimum: minimumOf(club, unit), step: stepUnits(rate) };
  if (!granted.ok) return { ...granted, ...figures, failure: null };
  const redemption = await finish(granted, club);
  if (redemption.state === 'settled') return { ok: true, state: 'paid', redemption };
  if (redemption.state === 'reserved') return { ok: true, state: 'under_way', redemption };
  return { ok: false, reason: 'refused', available: 0n, ...figures, failure: redemption.failure };
}

/** Only whoever made the intent tries at once: another request with its key waits for what comes of it. */
async function finish(granted: Extract<Granted<never>, { ok: true }>, club: Club): Promise<Redemption> {
  return granted.isNew ? tryPayout(granted.redemption, club) : granted.redemption;
}

/** Whether the merchant lets value be paid out as store credit. */
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

/** What the worker does with a payout that is due: takes it over for a while, looks, and tries again if need be. */
export async function resumePayout(redemption: Redemption, club: Club): Promise<void> {
  const { rows } = await pool.query<{ known: string[] | null; attempts: number }>(
    `UPDATE redemptions SET next_check_at = club_now() + $3 * interval '1 millisecond', attempts = attempts + 1
     WHERE shop_id = $1 AND redemption_id = $2 AND state = 'reserved' AND next_check_at <= club_now()
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

/** The transaction that this payout became in an earlier try; the first look notes what was there before. */
async function look(redemption: Redemption, club: Club): Promise<CreditTransaction | 'not_known' | null> {
  const { shopId, redemptionId, customerId, amountMinor, currency, knownCredits } = redemption;
  try {
    const credits = await readCredits(club.domain, customerId);
    if (knownCredits === null) {
      const { rowCount } = await pool.query(
        'UPDATE redemptions SET known_credits = $3 WHERE shop_id = $1 AND redemption_id = $2 AND known_credits IS NULL',
        [shopId, redemptionId, credits.map(({ gid }) => gid)],
      );
      // Somebody else noted them meanwhile, and goes on with it.
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
    retryAt(await clubNow(pool), attempts + 2),
  ]);
}

/** The credit is at Shopify: one spend, no hold. Safe to run twice. */
async function settlePayout(redemption: Redemption, creditGid: string): Promise<Redemption> {
  const { shopId, redemptionId } = redemption;
  return withTransaction(async (tx) => {
    const plan = await openPosting(tx, [redemption], [redemption]);
    const current = (await findRedemption(tx, shopId, redemptionId)) ?? redemption;
    if (current.state !== 'reserved') return current;
    const { units, amountMinor, createdAt } = current;
    const now = await clubNow(tx);
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
