/** Step 2 of a redemption: the code at Shopify, outside any transaction, safe to run again at any point. */
import { clubNow, pool } from '#app/db.server.ts';
import { ensureDiscountCode, type CodeToCreate } from '#app/integrations/shopify/discounts.server.ts';
import type { Club } from './club.server.ts';
import { moveRedemption, scheduleCheck, type Redemption } from './redemptions.server.ts';

const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 10 * 60_000;
/** A code starts a little in the past, so that Shopify's clock and ours need not agree. */
const START_EARLY_MS = 60_000;

/**
 * Makes sure of the code of a reserved redemption and moves it to `issued`, or to `failed` when Shopify refuses. When
 * nothing is known it stays `reserved` and is looked at again by the worker. Returns it as it is then.
 */
export async function issueRedemption(redemption: Redemption, club: Club): Promise<Redemption> {
  const created = await ensureDiscountCode(club.domain, codeOf(redemption, club));
  switch (created.outcome) {
    case 'created':
      return issued(
        await moveRedemption(redemption, {
          to: 'issued',
          discountGid: created.gid,
          nextCheckAt: redemption.expiresAt,
        }),
      );
    case 'refused':
      return moveRedemption(redemption, { to: 'failed', failure: created.reason, nextCheckAt: null });
    case 'unknown':
      await scheduleCheck(pool, redemption, retryAt(await clubNow(pool), redemption.attempts));
      return redemption;
  }
}

/** A reward's code is worth what the reward was when it was taken; a payment's what the points paid. */
function codeOf(redemption: Redemption, club: Club): CodeToCreate {
  const { code, customerId, amountMinor, currency, reward } = redemption;
  return {
    code,
    title: [club.title, reward?.name, code].filter((part) => part !== undefined).join(' '),
    customerId,
    value:
      reward?.percentBp == null
        ? { kind: 'amount', amountMinor }
        : { kind: 'percent', percentBp: reward.percentBp },
    currency,
    minimumCartMinor: reward?.minimumCartMinor ?? 0n,
    startsAt: new Date(redemption.createdAt.getTime() - START_EARLY_MS),
    endsAt: redemption.expiresAt,
    combinesWith: reward?.combinesWith ?? club.redemption.combinesWith,
  };
}

/** Given back or failed while Shopify was asked: the code that came all the same holds no value and must end. */
async function issued(redemption: Redemption): Promise<Redemption> {
  if (redemption.state === 'released' || redemption.state === 'failed')
    await scheduleCheck(pool, redemption, await clubNow(pool));
  return redemption;
}

/** When to look again after `attempts` looks that told nothing: twice as long each time, at most ten minutes. */
export function retryAt(now: Date, attempts: number): Date {
  return new Date(now.getTime() + Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(attempts, 10)));
}
