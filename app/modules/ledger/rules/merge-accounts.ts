/** Two customers become one: everything that one has in a unit goes to the other. */
import { soonestFirst, type AccountKey } from './account.ts';
import type { EntryFacts, PlannedHold } from './posting-types.ts';
import type { PostingPlan } from './posting-plan.ts';

export interface Merging {
  from: AccountKey;
  to: AccountKey;
  /** Open holds of `from`. */
  holds: readonly Pick<PlannedHold, 'redemptionId' | 'amount'>[];
  /** Lots of gifts that the other customer has had too: one a year is for one person, what is left of them ends. */
  secondGifts: ReadonlySet<bigint>;
  at: Date;
}

/**
 * Plans the move of every lot with its terms, of every open debt and of every open hold; both accounts with their lots.
 * Lots go first, soonest end first, and pay what the other customer owes; then debts, which the lots pay. Nothing is
 * planned for an empty account, so that a merge can come twice.
 */
export function planMerge(plan: PostingPlan, { from, to, holds, secondGifts, at }: Merging): void {
  const factsOf = (part: string): EntryFacts => ({
    key: `merge:${from.customerId}:${from.unit}:${part}`,
    source: 'job',
    actor: 'rules',
    effectiveAt: at,
  });
  const { lots, debts } = plan.account(from);
  for (const lot of lots.filter(({ remaining }) => remaining > 0n).sort(soonestFirst))
    if (secondGifts.has(lot.entryId))
      plan.expire(from, lot, { ...factsOf(`gift:${lot.entryId}`), reason: 'second_gift' });
    else plan.moveLot(from, lot, to, factsOf(`${lot.entryId}`));
  for (const debt of debts.filter(({ remaining }) => remaining > 0n))
    plan.moveDebt(from, debt, to, factsOf(`debt:${debt.entryId}`));
  for (const { redemptionId, amount } of holds) plan.moveHold(from, to, redemptionId, amount);
}
