/** Step 4 of a redemption that is not used: end the code at Shopify, check that no order has it, then free the hold. */
import { ledgerNow, pool } from '#app/db.server.ts';
import { deactivateDiscountCode, findDiscountCode } from '#app/integrations/shopify/discounts.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import {
  moveRedemption,
  scheduleCheck,
  storeDiscountGid,
  type Redemption,
} from './redemption-rows.server.ts';
import type { ReleasedBecause } from './rules/released-because.ts';
import { retryAt } from './retry-at.ts';

/** How often a code that an order used is checked until that order arrives (reconciliation finds a lost webhook). */
const USED_WAIT_MS = 15 * 60_000;

export type Closed = 'released' | 'used' | 'pending';

/** How long the caller may take to close it before the worker takes over. */
const CLOSE_MS = 30_000;

/**
 * Ends a redemption that has expired or that the shopper gave back. The state is written before Shopify is asked: if the
 * answer is lost or this process dies, the worker closes it, and the shopper is not offered its code again. `because`: why,
 * where neither the customer nor its time ends it.
 */
export async function endRedemption(
  redemption: Redemption,
  shopDomain: string,
  because: ReleasedBecause | null = null,
): Promise<Closed> {
  const nextCheckAt = new Date((await ledgerNow(pool)).getTime() + CLOSE_MS);
  return closeRedemption(
    await moveRedemption(redemption, { to: 'expired', nextCheckAt, because }),
    shopDomain,
  );
}

/**
 * Closes an open redemption. `used`: an order has it, the hold stays until that order arrives; `pending`: Shopify could
 * not be asked, the worker will ask. Safe to repeat at any point.
 */
export async function closeRedemption(redemption: Redemption, shopDomain: string): Promise<Closed> {
  if (redemption.state === 'released' || redemption.state === 'failed') return 'released';
  if (redemption.state === 'settled' || redemption.orderId !== null) return 'used';
  const now = await ledgerNow(pool);
  let { discountGid } = redemption;
  try {
    const code = await endCode(redemption, shopDomain);
    discountGid = code?.gid ?? null;
    if (code && code.uses > 0) {
      await scheduleCheck(pool, redemption, new Date(now.getTime() + USED_WAIT_MS));
      return 'used';
    }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await scheduleCheck(pool, redemption, retryAt(now, redemption.attempts));
    return 'pending';
  }
  const moved = await moveRedemption(redemption, { to: 'released', discountGid, nextCheckAt: null });
  return moved.state === 'released' ? 'released' : 'used';
}

/** Deactivates first and reads second, so that no order can use it in between. Null if the code was never created. */
async function endCode(redemption: Redemption, shopDomain: string) {
  const gid = redemption.discountGid ?? (await findDiscountCode(shopDomain, redemption.code))?.gid;
  if (gid === undefined) return null;
  await deactivateDiscountCode(shopDomain, gid);
  return findDiscountCode(shopDomain, redemption.code);
}

/** Ends the code of a redemption that no longer holds anything: an order released it, or it was created too late. */
export async function endReleasedCode(redemption: Redemption, shopDomain: string): Promise<void> {
  try {
    const code = await endCode(redemption, shopDomain);
    if (code) await storeDiscountGid(pool, redemption, code.gid);
    await scheduleCheck(pool, redemption, null);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await scheduleCheck(pool, redemption, retryAt(await ledgerNow(pool), redemption.attempts));
  }
}
