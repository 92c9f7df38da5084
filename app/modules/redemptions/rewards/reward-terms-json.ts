/** A reward's terms as a redemption stores them: JSON with every amount as text. */
import { z } from 'zod';
import { REWARD_KINDS, type RewardTerms } from '../rules/reward.ts';
import { UNITS } from '#app/lib/units.ts';

const whole = z.string().regex(/^\d+$/).transform(BigInt);

const termsSchema = z.object({
  rewardId: whole,
  version: z.number().int(),
  name: z.string(),
  kind: z.enum(REWARD_KINDS),
  unit: z.enum(UNITS),
  units: whole,
  percentBp: z.number().int().nullable(),
  amountMinor: whole.nullable(),
  minimumCartMinor: whole,
  validDays: z.number().int(),
  combinesWith: z.object({
    orderDiscounts: z.boolean(),
    productDiscounts: z.boolean(),
    shippingDiscounts: z.boolean(),
  }),
});

/** Returns the text to store in redemptions.reward. */
export function storeTerms(terms: RewardTerms): string {
  const { rewardId, version, name, kind, unit, units, percentBp, amountMinor } = terms;
  const { minimumCartMinor, validDays, combinesWith } = terms;
  return JSON.stringify({
    rewardId: rewardId.toString(),
    version,
    name,
    kind,
    unit,
    units: units.toString(),
    percentBp,
    amountMinor: amountMinor?.toString() ?? null,
    minimumCartMinor: minimumCartMinor.toString(),
    validDays,
    combinesWith,
  });
}

/** Reads what `storeTerms` wrote; null stays null. Throws ZodError on anything else. */
export function loadTerms(stored: unknown): RewardTerms | null {
  return stored === null ? null : termsSchema.parse(stored);
}
