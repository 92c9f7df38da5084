/** Which category a customer belongs to by the shop's rules. */

/** Valid orders, what they were worth in minor units of the shop's currency, or their items. */
export const MOVE_MEASURES = ['orders', 'spend', 'quantity'] as const;
export type MoveMeasure = (typeof MOVE_MEASURES)[number];

export interface MoveRule {
  ruleId: bigint;
  fromId: bigint;
  toId: bigint;
  measure: MoveMeasure;
  threshold: bigint;
  /** Counted over this many days; null: over all time. */
  days: number | null;
  /** Customers whom it moved go back once they no longer reach it. */
  goesBack: boolean;
}

/** Where a customer is, and by which rule; null: someone chose the category. */
export interface CategoryStanding {
  categoryId: bigint;
  ruleId: bigint | null;
}

export interface PersonMove {
  ruleId: bigint;
  fromId: bigint;
  toId: bigint;
  isBack: boolean;
  measured: bigint;
}

type DecidingRule = Pick<MoveRule, 'ruleId' | 'fromId' | 'toId' | 'threshold' | 'goesBack'>;

/**
 * Returns the moves of a customer, in their order: back where the rule that moved them is no longer reached, then on by every
 * rule that is, the first of several. `measured` is by rule id; without a value a rule isn't reached. The same figures again
 * move no one.
 */
export function decideMoves(
  standing: CategoryStanding,
  rules: readonly DecidingRule[],
  measured: ReadonlyMap<bigint, bigint>,
): PersonMove[] {
  const moves: PersonMove[] = [];
  let current = standing.categoryId;
  const move = ({ ruleId }: DecidingRule, toId: bigint, isBack: boolean): void => {
    moves.push({ ruleId, fromId: current, toId, isBack, measured: measured.get(ruleId) ?? 0n });
    current = toId;
  };
  const isReached = ({ ruleId, threshold }: DecidingRule) => (measured.get(ruleId) ?? 0n) >= threshold;
  const by = rules.find(({ ruleId, toId }) => ruleId === standing.ruleId && toId === current);
  if (by?.goesBack && !isReached(by)) move(by, by.fromId, true);
  const used = new Set<bigint>();
  for (;;) {
    const next = rules.find((rule) => rule.fromId === current && !used.has(rule.ruleId) && isReached(rule));
    if (!next) return moves;
    used.add(next.ruleId);
    move(next, next.toId, false);
  }
}

/** Whether rules lead from `toId` to `fromId` already: a rule between the two would move customers in a circle. */
export function wouldCircle(
  rule: { fromId: bigint; toId: bigint },
  others: readonly { fromId: bigint; toId: bigint }[],
): boolean {
  const seen = new Set<bigint>();
  const waiting = [rule.toId];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === rule.fromId) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const { fromId, toId } of others) if (fromId === at) waiting.push(toId);
  }
  return false;
}
