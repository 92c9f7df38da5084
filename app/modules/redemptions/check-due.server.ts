/** Step 5 of a redemption: the worker checks those that are due: unknown outcomes, expired codes, codes to end. */
import { ledgerNow, pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { isDatabaseOutage } from '#app/lib/pg-errors.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { readClubs, type Club } from '#app/modules/shops/club.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { closeRedemption, endRedemption, endReleasedCode } from './close-redemption.server.ts';
import { issueCode } from './issue-code.server.ts';
import { resumePayout } from './payouts/pay-out-store-credit.server.ts';
import {
  findRedemption,
  listDue,
  scheduleCheck,
  type DueRedemption,
  type Redemption,
} from './redemption-rows.server.ts';
import { retryAt } from './retry-at.ts';

const BATCH_MAX = 100;
const SHOPS_AT_ONCE = 4;

/** Checks the redemptions that are due, at most 100 of a shop, and returns how many there were. */
export async function checkDueRedemptions(signal?: AbortSignal): Promise<number> {
  const due = Map.groupBy(await listDue(pool, BATCH_MAX), ({ shopId }) => shopId);
  const shops = Array.from(due, ([shopId, redemptions]) => ({ shopId, redemptions }));
  const checkShop = async ({ shopId, redemptions }: (typeof shops)[number]): Promise<number> => {
    const club = (await readClubs(pool, [shopId])).get(shopId);
    if (!club) return 0;
    for (const key of redemptions) {
      if (signal?.aborted) break;
      await checkAlone(key, club);
    }
    return redemptions.length;
  };
  return forEachShop('check-redemptions', shops, checkShop, { signal, concurrency: SHOPS_AT_ONCE });
}

/** A redemption that fails for a reason of its own is postponed, so that it does not block the others. */
async function checkAlone(key: DueRedemption, club: Club): Promise<void> {
  const { shopId, redemptionId, attempts } = key;
  try {
    const redemption = await findRedemption(pool, shopId, redemptionId);
    if (redemption) await checkRedemption(redemption, club);
  } catch (error) {
    if (isDatabaseOutage(error)) throw error;
    logger.error(
      { shopId: shopId.toString(), redemptionId, attempts, reason: safeErrorText(error) },
      'redemption not checked',
    );
    await scheduleCheck(pool, key, retryAt(await ledgerNow(pool), attempts));
  }
}

async function checkRedemption(redemption: Redemption, club: Club): Promise<void> {
  if (redemption.kind === 'payout') return resumePayout(redemption, club);
  const isExpired = redemption.expiresAt <= (await ledgerNow(pool));
  switch (redemption.state) {
    case 'reserved':
      // The shopper never got this code: once it has expired, the amount is only freed.
      if (isExpired) await closeRedemption(redemption, club.domain);
      else await issueCode(redemption, club);
      return;
    case 'issued':
      if (isExpired || redemption.releasedBecause !== null) await endRedemption(redemption, club.domain);
      else await scheduleCheck(pool, redemption, redemption.expiresAt);
      return;
    case 'expired':
      await closeRedemption(redemption, club.domain);
      return;
    case 'released':
    case 'failed':
      await endReleasedCode(redemption, club.domain);
      return;
    case 'settled':
      await scheduleCheck(pool, redemption, null);
  }
}
