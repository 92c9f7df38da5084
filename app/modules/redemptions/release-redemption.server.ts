/** The customer gives a redemption back, or the checkout does for a code that it doesn't take. */
import { pool } from '#app/db.server.ts';
import { findPriceConflict } from '#app/modules/pricing/settings/code-combination.server.ts';
import { endRedemption } from './close-redemption.server.ts';
import { findRedemption } from './redemption-rows.server.ts';
import { requireClub } from './require-club.server.ts';
import type { ReleasedBecause } from './rules/released-because.ts';

/** `because`: their own price is why the code wasn't taken. `kept`: it isn't, and only that was to be released. */
export type ReleaseResult =
  { ok: true; because?: ReleasedBecause } | { ok: false; reason: 'not_found' | 'used' | 'pending' | 'kept' };

/** What the checkout says of the code: nothing; it wasn't taken; it wasn't taken, and only a price is a reason to release it. */
export type Unapplied = 'no' | 'yes' | 'price';

/** Releases a redemption of this customer: its code is ended at Shopify, then the amount is free again. */
export async function releaseRedemption(input: {
  shopId: bigint;
  customerId: bigint;
  redemptionId: string;
  unapplied?: Unapplied;
}): Promise<ReleaseResult> {
  const { shopId, customerId, redemptionId, unapplied = 'no' } = input;
  const redemption = await findRedemption(pool, shopId, redemptionId);
  const isTheirs = redemption?.customerId === customerId;
  // A payout has no code to end, and may be in progress at Shopify.
  if (!redemption || !isTheirs || redemption.kind === 'payout') return { ok: false, reason: 'not_found' };
  const because = unapplied === 'no' ? null : await findPriceConflict(pool, { shopId, customerId });
  if (unapplied === 'price' && because === null) return { ok: false, reason: 'kept' };
  const closed = await endRedemption(redemption, (await requireClub(shopId)).domain, because);
  if (closed !== 'released') return { ok: false, reason: closed };
  return because === null ? { ok: true } : { ok: true, because };
}
