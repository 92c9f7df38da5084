/** Staff approves a claimed gift, hands it out, or refuses it, which gives the points back. */
import { clubNow, withTransaction, type Transaction } from '#app/db.server.ts';
import { findClaim, type Claim } from './claims.server.ts';
import { readClubs } from './club.server.ts';
import { openPosting, writePosting } from './ledger.server.ts';
import { canMoveClaim, type ClaimState } from './rules/claim.ts';
import { readSpendParts, restoreNotBefore } from './settle-redemptions.server.ts';

export interface MoveClaimInput {
  shopId: bigint;
  claimId: string;
  to: ClaimState;
  /** Shown to the customer; empty leaves the note as it is. */
  note: string;
  /** `staff:<user id>` */
  actor: string;
}

export type MoveClaimResult =
  | { ok: true; claim: Claim }
  | { ok: false; reason: 'not_found' }
  /** Somebody else was faster: what it is now. */
  | { ok: false; reason: 'not_allowed'; state: ClaimState };

/**
 * Moves a claim. The same move twice changes nothing the second time; a refused one gives the points back with the
 * expiry that they had, at least the shop's days for what comes back.
 */
export async function moveClaim(input: MoveClaimInput): Promise<MoveClaimResult> {
  return withTransaction(async (tx) => {
    const { shopId, claimId, to, note, actor } = input;
    const seen = await findClaim(tx, shopId, claimId);
    if (!seen) return { ok: false, reason: 'not_found' };
    // The account is locked first, as everywhere; then the claim is read as it is.
    const plan = await openPosting(tx, [{ shopId, customerId: seen.customerId, unit: seen.unit }], []);
    const { state } = (await findClaim(tx, shopId, claimId)) ?? seen;
    if (state !== to) {
      if (!canMoveClaim(state, to)) return { ok: false, reason: 'not_allowed', state };
      if (to === 'refused') {
        await planReturn(tx, plan, seen, input);
        await writePosting(tx, plan);
      }
      await tx.query(
        `UPDATE claims SET state = $3, note_to_customer = CASE WHEN $4 = '' THEN note_to_customer ELSE $4 END, actor = $5,
           updated_at = club_now() WHERE shop_id = $1 AND redemption_id = $2`,
        [shopId, claimId, to, note, actor],
      );
    }
    return { ok: true, claim: (await findClaim(tx, shopId, claimId)) ?? seen };
  });
}

async function planReturn(
  tx: Transaction,
  plan: Awaited<ReturnType<typeof openPosting>>,
  claim: Claim,
  { shopId, claimId, note, actor }: MoveClaimInput,
): Promise<void> {
  const { customerId, unit, units } = claim;
  const now = await clubNow(tx);
  const parts = (await readSpendParts(tx, [{ shopId, redemptionId: claimId }])).get(claimId) ?? [];
  const notBefore = restoreNotBefore((await readClubs(tx, [shopId])).get(shopId), now);
  plan.restore({ shopId, customerId, unit }, units, parts, notBefore, {
    key: `redemption:${claimId}:restore:0`,
    source: 'staff',
    actor,
    effectiveAt: now,
    redemptionId: claimId,
    ...(note === '' ? {} : { note }),
  });
}
