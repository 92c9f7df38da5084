/** Which lots of an account expire now: what ledger-expiry.server.ts writes for many accounts at once. */
import { soonestFirst, type AccountKey } from '#app/modules/ledger/rules/account.ts';
import type { PostingPlan } from '#app/modules/ledger/rules/posting-plan.ts';

/**
 * Plans the expiry of every lot of the account past its expiry date, and returns how many. None while the account
 * holds value for an open redemption: what was reserved before midnight can still be spent at checkout after it.
 */
export function planExpiry(plan: PostingPlan, key: AccountKey, now: Date): number {
  const account = plan.account(key);
  if (account.held > 0n) return 0;
  let count = 0;
  for (const lot of account.lots.toSorted(soonestFirst)) {
    if (lot.remaining === 0n || lot.expiresAt === null || lot.expiresAt > now) continue;
    const origin = lot.orderId === null ? {} : { orderId: lot.orderId };
    plan.expire(key, lot, {
      key: `expire:${lot.entryId}`,
      source: 'job',
      actor: 'expiry',
      effectiveAt: lot.expiresAt,
      ...origin,
    });
    count += 1;
  }
  return count;
}
