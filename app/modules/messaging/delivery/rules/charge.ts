import { isBilled, type MessageState } from './message-state.ts';

export interface Chargeable {
  state: MessageState;
  /** What was reserved. */
  parts: number;
  priceMicros: bigint;
  /** It ended so long ago that the provider's count is not waited for. */
  isOld: boolean;
}

/**
 * What a message that has ended costs the merchant: never more than was quoted. Null while the provider has not counted its
 * parts (`counted`) and may still do so.
 */
export function chargeOf(
  { state, parts, priceMicros, isOld }: Chargeable,
  counted: number | null,
): bigint | null {
  if (!isBilled(state) || priceMicros === 0n) return 0n;
  if (counted === null && !isOld) return null;
  return BigInt(Math.min(counted ?? parts, parts)) * priceMicros;
}
