/** The customer gives a redemption back. */
import { pool } from '#app/db.server.ts';
import { endRedemption } from './close-redemption.server.ts';
import { findRedemption } from './redemption-rows.server.ts';
import { requireClub } from './require-club.server.ts';

export type ReleaseResult = { ok: true } | { ok: false; reason: 'not_found' | 'used' | 'pending' };

/** Releases a redemption of this customer: its code is ended at Shopify, then the amount is free again. */
export async function releaseRedemption(input: {
  shopId: bigint;
  customerId: bigint;
  redemptionId: string;
}): Promise<ReleaseResult> {
  const redemption = await findRedemption(pool, input.shopId, input.redemptionId);
  const isTheirs = redemption?.customerId === input.customerId;
  // A payout has no code to end, and may be in progress at Shopify.
  if (!redemption || !isTheirs || redemption.kind === 'payout') return { ok: false, reason: 'not_found' };
  const closed = await endRedemption(redemption, (await requireClub(input.shopId)).domain);
  return closed === 'released' ? { ok: true } : { ok: false, reason: closed };
}
