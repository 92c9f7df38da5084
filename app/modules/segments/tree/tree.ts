/** The rule of a segment or a search: a tree of groups with conditions at its ends. JSON, so that it can be stored. */
import { z } from 'zod';
import { CONDITIONS, isConditionCode, type ConditionNode } from '../conditions/registry.ts';

/** Groups within groups; a condition within no group has depth 0. */
export const DEPTH_MAX = 5;
/** Conditions in one rule. */
export const CONDITIONS_MAX = 50;

/** A rule. Groups hold at least one part; "not" holds exactly one. */
export type SegmentNode =
  { kind: 'all' | 'any'; parts: SegmentNode[] } | { kind: 'not'; part: SegmentNode } | ConditionNode;

type Path = readonly (string | number)[];

/** Why something is no rule; `path` leads to the part that isn't, as `['parts', 0, 'part']`. */
export interface TreeProblem {
  problem: 'shape' | 'condition' | 'depth' | 'size';
  path: Path;
}

export type ReadTree = { ok: true; tree: SegmentNode } | ({ ok: false } & TreeProblem);

const shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['all', 'any']), parts: z.array(z.unknown()).min(1) }),
  z.object({ kind: z.literal('not'), part: z.unknown() }),
  z.object({ kind: z.literal('condition'), code: z.string(), values: z.unknown() }),
]);

class NoTree extends Error {
  readonly detail: TreeProblem;
  constructor(detail: TreeProblem) {
    super(detail.problem);
    this.detail = detail;
  }
}

/** Reads a rule of any origin. */
export function readTree(input: unknown): ReadTree {
  const size = { conditions: 0 };
  try {
    return { ok: true, tree: readNode(input, 0, [], size) };
  } catch (error) {
    if (error instanceof NoTree) return { ok: false, ...error.detail };
    throw error;
  }
}

function readNode(input: unknown, depth: number, path: Path, size: { conditions: number }): SegmentNode {
  const { data: node } = shape.safeParse(input);
  if (node === undefined) throw new NoTree({ problem: 'shape', path });
  if (node.kind === 'condition') {
    size.conditions += 1;
    if (size.conditions > CONDITIONS_MAX) throw new NoTree({ problem: 'size', path });
    const condition = isConditionCode(node.code) ? CONDITIONS[node.code].read(node.values) : null;
    if (condition === null) throw new NoTree({ problem: 'condition', path });
    return condition;
  }
  if (depth === DEPTH_MAX) throw new NoTree({ problem: 'depth', path });
  if (node.kind === 'not')
    return { kind: 'not', part: readNode(node.part, depth + 1, [...path, 'part'], size) };
  const parts = node.parts.map((part, index) => readNode(part, depth + 1, [...path, 'parts', index], size));
  return { kind: node.kind, parts };
}

/** Reads a rule from JSON text, as addresses and forms carry it; null for text that is none. */
export function parseTree(text: string): SegmentNode | null {
  try {
    const read = readTree(JSON.parse(text));
    return read.ok ? read.tree : null;
  } catch {
    return null;
  }
}

/** The conditions of a rule, from left to right. */
export function conditionsOf(node: SegmentNode): ConditionNode[] {
  if (node.kind === 'condition') return [node];
  return node.kind === 'not' ? conditionsOf(node.part) : node.parts.flatMap(conditionsOf);
}

/** Joins rules that must all hold; no group around a single one. */
export function allOf(nodes: SegmentNode[]): SegmentNode | null {
  const [first] = nodes;
  return nodes.length > 1 ? { kind: 'all', parts: nodes } : (first ?? null);
}

/** The rules that must all hold: what `allOf` joined; none for null. */
export function partsOf(node: SegmentNode | null): SegmentNode[] {
  if (node === null) return [];
  return node.kind === 'all' ? node.parts : [node];
}
