/** Step 2 of a redemption: the code at Shopify, outside any transaction, safe to repeat at any point. */
import type { RefusalReason } from '../../../extensions/shared/club-api.ts';
import { ledgerNow, pool } from '#app/db.server.ts';
import { ensureDiscountCode, type CodeToCreate } from '#app/integrations/shopify/discounts.server.ts';
import { combineCode } from '#app/modules/pricing/settings/code-combination.server.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import { moveRedemption, scheduleCheck, type Redemption } from './redemption-rows.server.ts';
import type { Reserved } from './reserve.server.ts';
import { storeCombination } from './update-codes.server.ts';
import { retryAt } from './retry-at.ts';

/** A code starts a little in the past, because Shopify's clock and ours may differ. */
const START_EARLY_MS = 60_000;

/** What the client is told: only an issued redemption has a code that works. */
export type Issued =
  { ok: true; redemption: Redemption } | { ok: false; reason: RefusalReason; available: bigint };

/**
 * Issues the code of a redemption that was just reserved, and returns what the client is told. `pending`: Shopify's
 * answer is not known yet, the client asks again with the same key. An older redemption is returned as it is.
 */
export async function issueReserved(reserved: Reserved<RefusalReason>, club: Club): Promise<Issued> {
  if (!reserved.ok) return reserved;
  const redemption =
    reserved.redemption.state === 'reserved'
      ? await issueCode(reserved.redemption, club)
      : reserved.redemption;
  if (redemption.state === 'issued') return { ok: true, redemption };
  return { ok: false, reason: redemption.state === 'reserved' ? 'pending' : 'refused', available: 0n };
}

/**
 * Makes sure that the code of a reserved redemption exists and moves it to `issued`, or to `failed` if Shopify refuses.
 * Without an answer it stays `reserved` and the worker checks it later. Returns the redemption in its new state.
 */
export async function issueCode(redemption: Redemption, club: Club): Promise<Redemption> {
  const own = redemption.reward?.combinesWith ?? club.redemption.combinesWith;
  const productDiscounts = await combineCode(pool, redemption, own.productDiscounts);
  // Before the code exists: a change of the switch finds every code that it is about.
  if (productDiscounts !== own.productDiscounts) await storeCombination(redemption, productDiscounts);
  const code = toDiscountCode(redemption, club, { ...own, productDiscounts });
  const created = await ensureDiscountCode(club.domain, code);
  switch (created.outcome) {
    case 'created':
      return endIfReleased(
        await moveRedemption(redemption, {
          to: 'issued',
          discountGid: created.gid,
          nextCheckAt: redemption.expiresAt,
        }),
      );
    case 'refused':
      return moveRedemption(redemption, { to: 'failed', failure: created.reason, nextCheckAt: null });
    case 'unknown':
      await scheduleCheck(pool, redemption, retryAt(await ledgerNow(pool), redemption.attempts));
      return redemption;
  }
}

/** A reward's code has the value the reward had when it was taken; a payment's what the points pay. */
function toDiscountCode(
  redemption: Redemption,
  club: Club,
  combinesWith: CodeToCreate['combinesWith'],
): CodeToCreate {
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
    combinesWith,
  };
}

/** Released or failed while Shopify created the code: it must not work. */
async function endIfReleased(redemption: Redemption): Promise<Redemption> {
  if (redemption.state === 'released' || redemption.state === 'failed')
    await scheduleCheck(pool, redemption, await ledgerNow(pool));
  return redemption;
}
