/** What the worker does with redemptions whose time has come: unknown outcomes, codes that ran out, leftovers. */
import { clubNow, pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { isDatabaseOutage } from '#app/lib/pg-errors.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { readClubs, type Club } from './club.server.ts';
import { closeRedemption, endRedemption, endReleasedCode } from './close-redemption.server.ts';
import { issueRedemption, retryAt } from './issue-redemption.server.ts';
import { resumePayout } from './payout-store-credit.server.ts';
import { findDue, scheduleCheck, type Redemption } from './redemptions.server.ts';

const BATCH_MAX = 100;

/** Looks at every redemption that is due (at most 100 a call) and returns how many it looked at. */
export async function checkDueRedemptions(): Promise<number> {
  const due = await findDue(pool, BATCH_MAX);
  if (due.length === 0) return 0;
  const clubs = await readClubs(pool, [...new Set(due.map((redemption) => redemption.shopId))]);
  for (const redemption of due) {
    const club = clubs.get(redemption.shopId);
    if (club) await checkApart(redemption, club);
  }
  return due.length;
}

/** One that fails for a reason of its own is put back, so that it does not stand before all others for ever. */
async function checkApart(redemption: Redemption, club: Club): Promise<void> {
  try {
    await checkRedemption(redemption, club);
  } catch (error) {
    if (isDatabaseOutage(error)) throw error;
    const { shopId, redemptionId, attempts } = redemption;
    logger.error(
      { shopId: shopId.toString(), redemptionId, attempts, reason: safeErrorText(error) },
      'redemption not checked',
    );
    await scheduleCheck(pool, redemption, retryAt(await clubNow(pool), attempts));
  }
}

async function checkRedemption(redemption: Redemption, club: Club): Promise<void> {
  if (redemption.kind === 'payout') return resumePayout(redemption, club);
  const isOver = redemption.expiresAt <= (await clubNow(pool));
  switch (redemption.state) {
    case 'reserved':
      // The shopper never got this code: once it ran out it is only given back.
      if (isOver) await closeRedemption(redemption, club.domain);
      else await issueRedemption(redemption, club);
      return;
    case 'issued':
      if (isOver) await endRedemption(redemption, club.domain);
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
