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
      return compileAny(node.parts, context);
    case 'not':
      return `(${compileNode(node.part, context)}) IS NOT TRUE`;
    case 'condition':
      return bindCondition(node).sql(context);
  }
}

/**
 * "A and B, or B and C" is written as "B, and A or C": a condition that must hold is answered by an index, one that may hold
 * only for each customer in turn.
 */
function compileAny(parts: readonly SegmentNode[], context: SqlContext): string {
  const groups = parts.map((part) => new Map(partsOf(part).map((one) => [JSON.stringify(one), one])));
  const [first = new Map<string, SegmentNode>(), ...others] = groups;
  const common = [...first].filter(([key]) => others.every((group) => group.has(key)));
  const isAlone = groups.length < 2 || common.length === 0;
  if (isAlone) return `(${parts.map((part) => compileNode(part, context)).join(' OR ')})`;
  const shared = common.map(([, part]) => compileNode(part, context)).join(' AND ');
  for (const group of groups) for (const [key] of common) group.delete(key);
  // One of the groups asks for nothing else.
  if (groups.some((group) => group.size === 0)) return `(${shared})`;
  const rest = groups.map((group) => compileNode({ kind: 'all', parts: [...group.values()] }, context));
  return `(${shared} AND (${rest.join(' OR ')}))`;
}

const partsOf = (node: SegmentNode): readonly SegmentNode[] => (node.kind === 'all' ? node.parts : [node]);
