/** Why a code was set aside by the customer's own price (F139). */
import type { ReleasedBecause } from '../../../../extensions/shared/club-api.ts';

export type { ReleasedBecause };

const RELEASED_BECAUSE: readonly ReleasedBecause[] = ['price_is_lower', 'not_with_price'];

/** Returns whether a text is such a reason. */
export const isReleasedBecause = (text: unknown): text is ReleasedBecause =>
  RELEASED_BECAUSE.some((each) => each === text);
