/** What the customer page shows of payouts as store credit, and what its button does. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import { parseMoneyInput, parseWholeInput } from '#app/lib/format.ts';
import {
  isPayoutActive,
  payOutStoreCredit,
  type PayoutRefusal,
} from '#app/modules/loyalty/payout-store-credit.server.ts';
import { minimumOf, needClub, rateOf } from '#app/modules/loyalty/redeem.server.ts';
import type { RedemptionRate } from '#app/modules/loyalty/rules/redemption.ts';
import { UNITS, type Unit } from '#app/modules/loyalty/rules/units.ts';

export interface PayoutView {
  /** What each unit is worth, and the least of it. */
  units: { unit: Unit; rate: RedemptionRate; minimum: bigint }[];
  /** The payout whose outcome at Shopify is not known yet. */
  underWay: { unit: Unit; units: bigint; amountMinor: bigint } | null;
}

/** Null while the merchant has payouts switched off and none is under way. */
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
  const club = await needClub(shopId);
  const units = UNITS.map((unit) => ({ unit, rate: rateOf(club, unit), minimum: minimumOf(club, unit) }));
  return { units: isActive ? units : [], underWay };
}

/** `not_sent`: the browser had no answer; only it says so. */
export type PayoutProblem = PayoutRefusal | 'not_an_amount' | 'not_sent';

export type PayoutAnswer =
  | { ok: true; state: 'paid' | 'under_way' }
  | {
      ok: false;
      problem: PayoutProblem;
      available: bigint;
      minimum: bigint;
      step: bigint;
      /** Shopify's own word; null unless the problem is `refused`. */
      failure: string | null;
    };

const payoutForm = z.object({ key: z.uuid(), unit: z.enum(UNITS), amount: z.string() });

/** Pays out what was typed; null for a form that no screen of ours sends. */
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
