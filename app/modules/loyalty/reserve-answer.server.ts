import type { ClaimAnswer, Refusal, ReserveAnswer } from '../../../extensions/shared/club-api.ts';
import { claimView } from './club-views.ts';
import { redemptionView } from './read-club.server.ts';
import type { TakeRewardResult } from './redeem-reward.server.ts';
import type { ReserveResult } from './redeem.server.ts';

/** A reservation's outcome as the extension takes it. */
export function toReserveAnswer(result: ReserveResult): ReserveAnswer {
  if (result.ok) return { ok: true, redemption: redemptionView(result.redemption) };
  const { reason, available, minimum } = result;
  return { ok: false, reason, available: available.toString(), minimum: minimum.toString() };
}

/** The outcome of taking a reward as the extension takes it. */
export function toRewardAnswer(result: TakeRewardResult): ReserveAnswer {
  return result.ok ? { ok: true, redemption: redemptionView(result.redemption) } : toRefusal(result);
}

/** The outcome of claiming a gift as the extension takes it. */
export function toClaimAnswer(result: TakeRewardResult): ClaimAnswer {
  if (!result.ok) return toRefusal(result);
  const { redemptionId, code, reward, unit, units, createdAt } = result.redemption;
  const name = reward?.name ?? '';
  const claim = { claimId: redemptionId, number: code, name, unit, units, noteToCustomer: '', createdAt };
  return { ok: true, claim: claimView({ ...claim, state: 'requested' }) };
}

function toRefusal(result: Extract<TakeRewardResult, { ok: false }>): Refusal {
  const { reason, available, units, reward } = result;
  const refusal = { ok: false, reason, available: available.toString(), minimum: units.toString() } as const;
  if (!reward) return refusal;
  const { limitPerCustomer, minimumCartMinor } = reward;
  return { ...refusal, limitPerCustomer, minimumCartMinor: minimumCartMinor.toString() };
}
