/** Whether one customer is meant by a rule, and why. */
import type { BoundCondition, Reference, Shown } from '../conditions/condition.ts';
import type { CustomerFacts, Moment } from '../conditions/facts.ts';
import { CONDITIONS, type ConditionNode } from '../conditions/registry.ts';
import { conditionsOf, type SegmentNode } from './tree.ts';

/** Binds a condition of a rule that `readTree` returned. */
export function bindCondition({ code, values }: ConditionNode): BoundCondition {
  const bound = CONDITIONS[code].bind(values);
  if (bound === null) throw new Error(`the values of ${code} are none of it`);
  return bound;
}

/** Whether a customer is meant. */
export type BoundRule = (customer: CustomerFacts, moment: Moment) => boolean;

/** A rule to be applied to many customers: its values are read once. */
export function bindRule(node: SegmentNode): BoundRule {
  switch (node.kind) {
    case 'all': {
      const parts = node.parts.map(bindRule);
      return (customer, moment) => parts.every((part) => part(customer, moment));
    }
    case 'any': {
      const parts = node.parts.map(bindRule);
      return (customer, moment) => parts.some((part) => part(customer, moment));
    }
    case 'not': {
      const part = bindRule(node.part);
      return (customer, moment) => !part(customer, moment);
    }
    case 'condition': {
      const bound = bindCondition(node);
      return (customer, moment) => bound.evaluate(customer, moment);
    }
  }
}

/** Whether one customer is meant. */
export const evaluate = (node: SegmentNode, customer: CustomerFacts, moment: Moment): boolean =>
  bindRule(node)(customer, moment);

/** A rule with what came of each part. */
export type Explained =
  | { kind: 'all' | 'any'; matches: boolean; parts: Explained[] }
  | { kind: 'not'; matches: boolean; part: Explained }
  | { kind: 'condition'; matches: boolean; condition: ConditionNode; shown: Shown };

/** Why the customer is meant or isn't: each part's outcome, and beside each condition what the customer has. */
export function explain(node: SegmentNode, customer: CustomerFacts, moment: Moment): Explained {
  const matches = evaluate(node, customer, moment);
  switch (node.kind) {
    case 'all':
    case 'any':
      return { kind: node.kind, matches, parts: node.parts.map((part) => explain(part, customer, moment)) };
    case 'not':
      return { kind: 'not', matches, part: explain(node.part, customer, moment) };
    case 'condition':
      return {
        kind: 'condition',
        matches,
        condition: node,
        shown: bindCondition(node).show(customer, moment),
      };
  }
}

/** What the rule names, each once. */
export function referencesOf(tree: SegmentNode): Reference[] {
  const all = conditionsOf(tree).flatMap((condition) => bindCondition(condition).references);
  return [...new Map(all.map((one) => [`${one.to}/${one.id}`, one])).values()];
}

/** Typed texts that the moment must have folded. */
export function textsOf(tree: SegmentNode): string[] {
  return [...new Set(conditionsOf(tree).flatMap((condition) => bindCondition(condition).texts))];
}
