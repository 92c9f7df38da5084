/** Staff approves a claimed gift, delivers it, or refuses it, which restores the points. */
import { ledgerNow, withTransaction, type Transaction } from '#app/db.server.ts';
import { findClaim, type Claim } from './claims.queries.server.ts';
import { readClubs } from '#app/modules/shops/club.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { canMoveClaim, type ClaimState } from '../rules/claim.ts';
import { restoreNotBefore } from '../settle/plan-settlements.ts';
import { readSpendParts } from '../settle/read-settlements.server.ts';

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
  /** Someone else moved it first: its state now. */
  | { ok: false; reason: 'not_allowed'; state: ClaimState };

/**
 * Moves a claim. Repeating a move changes nothing; a refusal restores the points with the expiry they had, or later if
 * the shop's minimum for restored points says so.
 */
export async function moveClaim(input: MoveClaimInput): Promise<MoveClaimResult> {
  return withTransaction(async (tx) => {
    const { shopId, claimId, to, note, actor } = input;
    const seen = await findClaim(tx, shopId, claimId);
    if (!seen) return { ok: false, reason: 'not_found' };
    // The account is locked first, as everywhere; only then is the claim current.
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
           updated_at = ledger_now() WHERE shop_id = $1 AND redemption_id = $2`,
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
  const now = await ledgerNow(tx);
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
