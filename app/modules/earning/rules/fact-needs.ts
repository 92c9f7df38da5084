/** Which facts the rules of a club ask for, so that a club with plain rules costs no look at customers or products. */
import type { EarnRules, EarnTerms, ProgramRule } from './program.ts';

export interface FactNeeds {
  customers: boolean;
  products: boolean;
}

/** `customersAnyway`: the club itself looks at customers (trial mode, tiers, categories without a club). */
export function needsOf(rules: EarnRules, customersAnyway: boolean): FactNeeds {
  return {
    customers: customersAnyway || rules.programs.some(({ rule }) => asksCustomer(rule)),
    products: rules.programs.some(({ rule }) => asksProduct(rule)),
  };
}

function asksCustomer(terms: EarnTerms): boolean {
  return terms.membersOnly || terms.categoryIds !== null || terms.tierIds !== null;
}

/** Whether this rule looks at the products' tags, collections or printed points. */
export function asksProduct(rule: ProgramRule): boolean {
  const { collectionIds, tags } = rule.excluded;
  return rule.kind === 'printed' || collectionIds.length > 0 || tags.length > 0;
}
