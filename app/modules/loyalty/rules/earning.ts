/** What every earn rule looks at, and what it answers. */
import { eligibleBase, type BaseOptions, type EligibleBase } from './eligible-base.ts';
import type { OrderFacts } from './order-facts.ts';
import type { OrderRefund, OrderState } from './order-state.ts';
import type { EarnRules } from './program.ts';
import type { Unit } from './units.ts';

export interface Entitlement {
  /** Names the rule for ever: `program:<id>`, `offer_group:<id>`, `tier:<id>`. */
  rule: string;
  kind: 'order_spend' | 'order_product' | 'offer' | 'tier_bonus';
  unit: Unit;
  amount: bigint;
  validFrom: Date;
  /** Exclusive; null for ever. */
  expiresAt: Date | null;
}

/** What an order's earning is computed from. */
export interface EarningInput {
  order: OrderState;
  refunds: readonly OrderRefund[];
  rules: EarnRules;
  facts: OrderFacts;
  /** The moment the order was first eligible: pending days and lifetime count from there. */
  eligibleAt: Date;
}

/** What a rule looks at: the order and the part of it that counts on the rule's terms. */
export interface EarningView extends EarningInput {
  baseOf: (options: BaseOptions) => EligibleBase;
}

function keyOf({ earnAt, includeTax, includeShipping, excluded }: BaseOptions): string {
  const { productIds, collectionIds, tags } = excluded;
  const without =
    productIds.length + collectionIds.length + tags.length === 0
      ? ''
      : `${productIds.join()};${collectionIds.join()};${tags.join('\n')}`;
  return `${earnAt}${includeTax}${includeShipping}${without}`;
}

/** The view that rules look at; each base is computed once however many rules share its terms. */
export function viewOf(input: EarningInput): EarningView {
  const bases = new Map<string, EligibleBase>();
  const baseOf = (options: BaseOptions): EligibleBase => {
    const key = keyOf(options);
    let base = bases.get(key);
    if (!base) {
      base = eligibleBase(input.order, input.refunds, options, input.facts);
      bases.set(key, base);
    }
    return base;
  };
  return { ...input, baseOf };
}
