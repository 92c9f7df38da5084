/** Step 4 of a redemption: end the code at Shopify, make sure that no order used it, then free what it held. */
import { clubNow, pool } from '#app/db.server.ts';
import { deactivateDiscountCode, findDiscountCode } from '#app/integrations/shopify/discounts.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { retryAt } from './issue-redemption.server.ts';
import { moveRedemption, scheduleCheck, type Redemption } from './redemptions.server.ts';

/** How long a code that some order used waits for that order (a webhook may be a day late; reconciliation finds it). */
const USED_WAIT_MS = 15 * 60_000;

export type Closed = 'released' | 'used' | 'pending';

/** How long the caller has for closing before the worker goes on with it. */
const CLOSE_MS = 30_000;

/**
 * Ends a redemption whose time is over or that the shopper took back. That it is over is written down before Shopify is
 * asked: should the answer not come, or this process die, the worker closes it, and nobody is offered its code again.
 */
export async function endRedemption(redemption: Redemption, shopDomain: string): Promise<Closed> {
  const nextCheckAt = new Date((await clubNow(pool)).getTime() + CLOSE_MS);
  return closeRedemption(await moveRedemption(redemption, { to: 'expired', nextCheckAt }), shopDomain);
}

/**
 * Closes an open redemption. `used`: an order has it, the hold stays until that order is known; `pending`: Shopify
 * could not be asked, the worker will. Safe to run again at any point.
 */
export async function closeRedemption(redemption: Redemption, shopDomain: string): Promise<Closed> {
  if (redemption.state === 'released' || redemption.state === 'failed') return 'released';
  if (redemption.state === 'settled' || redemption.orderId !== null) return 'used';
  const now = await clubNow(pool);
  try {
    const code = await endCode(redemption, shopDomain);
    if (code && code.uses > 0) {
      await scheduleCheck(pool, redemption, new Date(now.getTime() + USED_WAIT_MS));
      return 'used';
    }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await scheduleCheck(pool, redemption, retryAt(now, redemption.attempts));
    return 'pending';
  }
  const moved = await moveRedemption(redemption, { to: 'released', nextCheckAt: null });
  return moved.state === 'released' ? 'released' : 'used';
}

/** Deactivates first and looks second, so that no order can slip in between. Null when the code was never made. */
async function endCode(redemption: Redemption, shopDomain: string) {
  const gid = redemption.discountGid ?? (await findDiscountCode(shopDomain, redemption.code))?.gid;
  if (gid === undefined) return null;
  await deactivateDiscountCode(shopDomain, gid);
  return findDiscountCode(shopDomain, redemption.code);
}

/** Ends the code of a redemption that holds nothing any more: an order gave it back, or it came after all was over. */
export async function endReleasedCode(redemption: Redemption, shopDomain: string): Promise<void> {
  try {
    await endCode(redemption, shopDomain);
    await scheduleCheck(pool, redemption, null);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await scheduleCheck(pool, redemption, retryAt(await clubNow(pool), redemption.attempts));
  }
}
