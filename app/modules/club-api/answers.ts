/** The answers of the club API to what an extension posts. */
import type { ClaimAnswer, Refusal, ReserveAnswer } from '../../../extensions/shared/club-api.ts';
import type { PayResult } from '#app/modules/redemptions/pay-with-points.server.ts';
import type { TakeRewardResult } from '#app/modules/redemptions/rewards/reserve-reward.server.ts';
import { toClaimView, toRedemptionView } from './views.ts';

/** What is sent back: a status, and a body that becomes JSON, or a whole page; undefined for none. */
export interface Reply {
  status: number;
  body?: object;
  html?: string;
  retryAfterSeconds?: number;
}

/** Returns the answer to a payment. */
export function toReserveAnswer(result: PayResult): ReserveAnswer {
  if (result.ok) return { ok: true, redemption: toRedemptionView(result.redemption) };
  const { reason, available, minimum } = result;
  return { ok: false, reason, available: available.toString(), minimum: minimum.toString() };
}

/** Returns the answer to taking a reward. */
export function toRewardAnswer(result: TakeRewardResult): ReserveAnswer {
  return result.ok ? { ok: true, redemption: toRedemptionView(result.redemption) } : toRefusal(result);
}

/** Returns the answer to claiming a gift. */
export function toClaimAnswer(result: TakeRewardResult): ClaimAnswer {
  if (!result.ok) return toRefusal(result);
  const { redemptionId, code, reward, unit, units, createdAt } = result.redemption;
  const name = reward?.name ?? '';
  const claim = { claimId: redemptionId, number: code, name, unit, units, noteToCustomer: '', createdAt };
  return { ok: true, claim: toClaimView({ ...claim, state: 'requested' }) };
}

function toRefusal(result: Extract<TakeRewardResult, { ok: false }>): Refusal {
  const { reason, available, units, reward } = result;
  const refusal = { ok: false, reason, available: available.toString(), minimum: units.toString() } as const;
  if (!reward) return refusal;
  const { limitPerCustomer, minimumCartMinor } = reward;
  return { ...refusal, limitPerCustomer, minimumCartMinor: minimumCartMinor.toString() };
}

/** A customer who has reserved too much in an hour; some of it is older in ten minutes. */
const RETRY_AFTER_SECONDS = 600;

/** Returns the reply with an answer: 200 when ok, 429 after too many requests, 409 when refused otherwise. */
export function toReply(answer: { ok: boolean; reason?: string }): Reply {
  if (answer.reason === 'too_many') return toTooMany(RETRY_AFTER_SECONDS, answer);
  return { status: answer.ok ? 200 : 409, body: answer };
}

/** Returns the reply to a request that comes too soon. */
export function toTooMany(retryAfterSeconds: number, refusal: object = {}): Reply {
  return { status: 429, retryAfterSeconds, body: { ok: false, reason: 'too_many', ...refusal } };
}

/** Returns the reply to a body that cannot be read. */
export function toBadRequest({ status, field }: { status: number; field: string }): Reply {
  return { status, body: { ok: false, reason: 'bad_request', field } };
}
