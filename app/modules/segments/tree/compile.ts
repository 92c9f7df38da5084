/** Rules as SQL with parameters. */
import type { SqlContext } from '../conditions/condition.ts';
import type { Moment } from '../conditions/facts.ts';
import { bindCondition } from './evaluate.ts';
import type { SegmentNode } from './tree.ts';

/**
 * The rule as a condition on rows `s` of `customer_stats`; the shop must be the first of `parameters`, to which the rule's
 * values are added. NULL counts as false.
 */
export function compileTree(tree: SegmentNode, moment: Moment, parameters: unknown[]): string {
  return compileNode(tree, {
    moment,
    put: (value, type) => `$${parameters.push(value)}::${type}`,
  });
}

function compileNode(node: SegmentNode, context: SqlContext): string {
  switch (node.kind) {
    case 'all':
      return `(${node.parts.map((part) => compileNode(part, context)).join(' AND ')})`;
    case 'any':
      return `(${node.parts.map((part) => compileNode(part, context)).join(' OR ')})`;
    case 'not':
      return `(${compileNode(node.part, context)}) IS NOT TRUE`;
    case 'condition':
      return bindCondition(node).sql(context);
  }
}
