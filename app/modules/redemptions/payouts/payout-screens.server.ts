/** Payouts as store credit on the customer page: what it shows, and its button. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import { parseMoneyInput, parseWholeInput } from '#app/lib/typed-number.ts';
import { isPayoutActive, payOutStoreCredit, type PayoutRefusal } from './pay-out-store-credit.server.ts';
import { requireClub } from '../require-club.server.ts';
import { minimumFor, rateFor } from '../spending.ts';
import type { RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import { UNITS, type Unit } from '#app/lib/units.ts';

export interface PayoutView {
  /** What each unit is worth, and its minimum. */
  units: { unit: Unit; rate: RedemptionRate; minimum: bigint }[];
  /** The payout whose outcome at Shopify is not known yet. */
  underWay: { unit: Unit; units: bigint; amountMinor: bigint } | null;
}

/** Reads the payout card; null while payouts are off and none is under way. */
export async function readPayout(shopId: bigint, customerId: bigint): Promise<PayoutView | null> {
  const [isActive, { rows }] = await Promise.all([
    isPayoutActive(pool, shopId),
    pool.query<NonNullable<PayoutView['underWay']>>(
      `SELECT unit, units, amount_minor AS "amountMinor" FROM redemptions
       WHERE shop_id = $1 AND customer_id = $2 AND kind = 'payout' AND state = 'reserved'`,
      [shopId, customerId],
    ),
  ]);
  const underWay = rows[0] ?? null;
  if (!isActive && !underWay) return null;
  const club = await requireClub(shopId);
  const units = UNITS.map((unit) => ({ unit, rate: rateFor(club, unit), minimum: minimumFor(club, unit) }));
  return { units: isActive ? units : [], underWay };
}

/** `not_sent`: the browser had no answer; only the browser sets it. */
export type PayoutProblem = PayoutRefusal | 'not_an_amount' | 'not_sent';

export type PayoutAnswer =
  | { ok: true; state: 'paid' | 'under_way' }
  | {
      ok: false;
      problem: PayoutProblem;
      available: bigint;
      minimum: bigint;
      step: bigint;
      /** Shopify's message; null unless the problem is `refused`. */
      failure: string | null;
    };

const payoutForm = z.object({ key: z.uuid(), unit: z.enum(UNITS), amount: z.string() });

/** Pays out what was typed; null for a form that no screen sends. */
export async function payOutForm(
  shop: { shopId: bigint; currency: string },
  customerId: bigint,
  values: unknown,
  locale: string,
  actor: string,
): Promise<PayoutAnswer | null> {
  const form = payoutForm.safeParse(values);
  if (!form.success) return null;
  const { key, unit, amount } = form.data;
  const units =
    unit === 'CREDIT' ? parseMoneyInput(amount, shop.currency, locale) : parseWholeInput(amount, locale);
  if (units === null || units === 0n) {
    return { ok: false, problem: 'not_an_amount', available: 0n, minimum: 0n, step: 0n, failure: null };
  }
  const paid = await payOutStoreCredit({ shopId: shop.shopId, customerId, key, unit, units, actor });
  if (paid.ok) return { ok: true, state: paid.state };
  const { reason: problem, available, minimum, step, failure } = paid;
  return { ok: false, problem, available, minimum, step, failure };
}
