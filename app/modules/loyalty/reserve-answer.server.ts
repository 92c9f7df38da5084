import type { ReserveAnswer } from '../../../extensions/shared/club-api.ts';
import { redemptionView } from './read-club.server.ts';
import type { ReserveResult } from './redeem.server.ts';

/** A reservation's outcome as the extension takes it. */
export function toReserveAnswer(result: ReserveResult): ReserveAnswer {
  if (result.ok) return { ok: true, redemption: redemptionView(result.redemption) };
  return {
    ok: false,
    reason: result.reason,
    available: result.available.toString(),
    minimum: result.minimum.toString(),
  };
}
