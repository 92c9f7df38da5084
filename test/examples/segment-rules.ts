/** How the examples of segments are written. */
import type { CustomerFacts } from '#app/modules/segments/conditions/facts.ts';
import type { ConditionCode } from '#app/modules/segments/conditions/registry.ts';

type Customer = [words: string, facts: CustomerFacts];

/** A segment, customers it means and customers it doesn't. */
export interface SegmentExample {
  words: string;
  /** As `readTree` reads it. */
  rule: unknown;
  meant: Customer[];
  notMeant: Customer[];
}

/** A condition of a rule. */
export const is = (code: ConditionCode, values: object) => ({ kind: 'condition', code, values });
export const all = (...parts: unknown[]) => ({ kind: 'all', parts });
export const any = (...parts: unknown[]) => ({ kind: 'any', parts });
export const not = (part: unknown) => ({ kind: 'not', part });
