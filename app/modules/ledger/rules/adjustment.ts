/** What staff change by hand: why, and what a customer has after it. Runs in the browser too, before anything is saved. */
import { greatest, least } from '#app/lib/integers.ts';

/** Why staff added to a balance (F77). */
export const ADD_REASONS = [
  'first_purchase',
  'loyal_customer',
  'per_purchase',
  'forgotten_order',
  'manual_order',
  'birthday_gift',
  'wedding_anniversary',
  'other',
] as const;

/** Why staff took from it; `deduct` is any other reason. */
export const REMOVE_REASONS = ['correction', 'fraud', 'given_twice', 'deduct'] as const;

export const ADJUST_REASONS = [...ADD_REASONS, ...REMOVE_REASONS] as const;

export type AdjustReason = (typeof ADJUST_REASONS)[number];

/** The reasons that are about one order: the first cannot do without it. */
export const NEEDS_ORDER: AdjustReason = 'forgotten_order';
export const MAY_HAVE_ORDER: readonly AdjustReason[] = ['forgotten_order', 'manual_order', 'per_purchase'];

/** The kind of entry that a reason posts. */
export function kindOfReason(reason: AdjustReason): 'manual_add' | 'manual_deduct' {
  return REMOVE_REASONS.some((known) => known === reason) ? 'manual_deduct' : 'manual_add';
}

/** What an account has, as far as an adjustment changes it. */
export interface AdjustedBalance {
  balance: bigint;
  available: bigint;
  pending: bigint;
  held: bigint;
  debt: bigint;
}

/**
 * An account after an adjustment. What is added pays open debt first; what is left of it is usable at once or, with
 * `isPending`, later. A deduction beyond what is available is for the caller to refuse.
 */
export function afterAdjustment(
  before: AdjustedBalance,
  change: { reason: AdjustReason; amount: bigint; isPending: boolean },
): AdjustedBalance {
  const { balance, available, pending, held, debt } = before;
  const { amount, isPending } = change;
  if (kindOfReason(change.reason) === 'manual_deduct') {
    return { ...before, balance: balance - amount, available: greatest(0n, available - amount) };
  }
  const paid = least(debt, amount);
  // What is free may be below zero while something is owed: `available` does not show how far.
  const free = available > 0n ? available : balance - pending - held;
  return {
    balance: balance + amount,
    available: greatest(0n, free + (isPending ? paid : amount)),
    pending: pending + (isPending ? amount - paid : 0n),
    held,
    debt: debt - paid,
  };
}
