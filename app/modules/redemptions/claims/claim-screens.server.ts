/** The Claims screen and its buttons. */
import { z } from 'zod';
import { isUuid } from '#app/lib/read-id.ts';
import { countClaims, listClaims, type ClaimCursor, type ClaimPage } from './claims.queries.server.ts';
import { moveClaim } from './move-claim.server.ts';
import type { ClaimState } from '../rules/claim.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { NOTE_CHARACTERS_MAX } from './claim-limits.ts';

export interface ClaimsView extends Omit<ClaimPage, 'claims'> {
  state: ClaimState;
  counts: Record<ClaimState, number>;
  /** `staffName` is null for a customer's own act and for staff whose name is not known. */
  claims: (ClaimPage['claims'][number] & { staffName: string | null })[];
}

/** Reads a page of claims in one state, and how many there are in each. */
export async function readClaimsScreen(
  shopId: bigint,
  state: ClaimState,
  cursor: ClaimCursor | null,
): Promise<ClaimsView> {
  const [page, counts] = await Promise.all([listClaims(shopId, state, cursor), countClaims(shopId)]);
  const names = await staffNames(
    shopId,
    page.claims.map(({ actor }) => actor),
  );
  const claims = page.claims.map((claim) => ({ ...claim, staffName: names.get(claim.actor) ?? null }));
  return { ...page, claims, state, counts };
}

export type ClaimAnswer =
  | { ok: true; to: ClaimState }
  /** `not_sent`: the browser had no answer; only the browser sets it. */
  | { ok: false; reason: 'note_too_long' | 'not_sent' }
  | { ok: false; reason: 'not_allowed'; state: ClaimState };

const moveForm = z.object({
  claimId: z.string(),
  to: z.enum(['approved', 'delivered', 'refused']),
  note: z.string().trim().default(''),
});

/** Runs a button of the screen; null for a claim that the shop does not have, or an unknown button. */
export async function actOnClaim(
  shopId: bigint,
  values: Record<string, unknown>,
  actor: string,
): Promise<ClaimAnswer | null> {
  const form = moveForm.safeParse(values);
  if (!form.success || !isUuid(form.data.claimId)) return null;
  const { claimId, to, note } = form.data;
  if (note.length > NOTE_CHARACTERS_MAX) return { ok: false, reason: 'note_too_long' };
  const moved = await moveClaim({ shopId, claimId, to, note, actor });
  if (moved.ok) return { ok: true, to };
  return moved.reason === 'not_found' ? null : moved;
}
