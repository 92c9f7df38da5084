/** What every earn rule looks at, and what it returns. */
import { eligibleBase, type BaseOptions, type EligibleBase } from './eligible-base.ts';
import type { OrderFacts } from '#app/modules/orders/rules/kept-facts.ts';
import type { OrderRefund, OrderState } from '#app/modules/orders/rules/order-state.ts';
import type { EarnRules } from './program.ts';
import type { Unit } from '#app/lib/units.ts';

export interface Entitlement {
  /** Names the rule, and never changes: `program:<id>`, `offer:<id>`, `tier:<id>`. */
  rule: string;
  /** What entries of before 0.5.0 call it. */
  formerRule?: string | undefined;
  kind: 'order_spend' | 'order_product' | 'offer' | 'tier_bonus';
  unit: Unit;
  amount: bigint;
  validFrom: Date;
  /** Exclusive; null when it never expires. */
  expiresAt: Date | null;
}

/** What an order's earning is computed from. */
export interface EarningInput {
  order: OrderState;
  refunds: readonly OrderRefund[];
  rules: EarnRules;
  facts: OrderFacts;
  /** When it was first paid in full: pending days and lifetime count from there. Null before. */
  eligibleAt: Date | null;
}

/** What a rule looks at: the order and the part of it that counts on the rule's terms. */
export interface EarningView extends EarningInput {
  /** Of an order that was never paid, when it was made. */
  eligibleAt: Date;
  baseOf: (options: BaseOptions) => EligibleBase;
}

function keyOf({ earnAt, includeTax, includeShipping, excluded, fulfilledBy }: BaseOptions): string {
  const { productIds, collectionIds, tags } = excluded;
  const without =
    productIds.length + collectionIds.length + tags.length === 0
      ? ''
      : `${productIds.join()};${collectionIds.join()};${tags.join('\n')}`;
  return `${earnAt}${fulfilledBy?.getTime() ?? ''}${includeTax}${includeShipping}${without}`;
}

/**
 * The view that rules look at; each base is computed once however many rules share its terms. Of an order that was never
 * paid it shows what would count once it is.
 */
export function viewOf(input: EarningInput): EarningView {
  const order = input.eligibleAt === null ? { ...input.order, outstandingMinor: 0n } : input.order;
  const bases = new Map<string, EligibleBase>();
  const baseOf = (options: BaseOptions): EligibleBase => {
    const key = keyOf(options);
    let base = bases.get(key);
    if (!base) {
      base = eligibleBase(order, input.refunds, options, input.facts);
      bases.set(key, base);
    }
    return base;
  };
  return { ...input, order, eligibleAt: input.eligibleAt ?? input.order.processedAt, baseOf };
}
