/** Rules as SQL with parameters. */
import type { SqlContext } from '../conditions/condition.ts';
import type { Moment } from '../conditions/facts.ts';
import { bindCondition } from './evaluate.ts';
import type { ConditionNode } from '../conditions/registry.ts';
import { allOf, partsOf, type SegmentNode } from './tree.ts';

/**
 * The rule as a condition on rows `s` of `customer_stats`; the shop must be the first of `parameters`, to which the rule's
 * values are added. NULL counts as false. It stands in a WHERE, beside others only by AND: parts of it are joined.
 */
export function compileTree(tree: SegmentNode, moment: Moment, parameters: unknown[]): string {
  return compileNode(tree, compilerOf(moment, parameters));
}

/** The same as a value of each row, in a list of columns or a CASE, where nothing can be joined. */
export function compileValue(tree: SegmentNode, moment: Moment, parameters: unknown[]): string {
  return compileNode(tree, lookedUp(compilerOf(moment, parameters)));
}

/**
 * The same for a few customers, such as a sample: each is looked up by itself, and no set of customers is made of all the
 * shop's, neither to join nor to hash.
 */
export function compileProbe(tree: SegmentNode, moment: Moment, parameters: unknown[]): string {
  const compiler = compilerOf(moment, parameters);
  const context = { ...compiler.required, isAmong: probed };
  return compileNode(tree, { ...compiler, required: context, optional: context });
}

function compilerOf(moment: Moment, parameters: unknown[]): Compiler {
  const shared = {
    moment,
    put: (value: unknown, type: string) => `$${parameters.push(value)}::${type}`,
    not: negated,
  };
  return {
    required: { ...shared, isAmong: joined },
    optional: { ...shared, isAmong: (ids) => `s.customer_id IN (${ids})` },
    undo: (count) => void parameters.splice(count),
    count: () => parameters.length,
  };
}

interface Compiler {
  /** For what must hold, or must not, whatever else does: PostgreSQL joins those customers. */
  required: SqlContext;
  /** For what may hold: PostgreSQL looks each customer up in a hash of them. */
  optional: SqlContext;
  count: () => number;
  /** Takes back the parameters after this number of them. */
  undo: (count: number) => void;
}

/** Always true, and names both sides. */
const NOT_DISTINCT = ' AND (a.customer_id + s.customer_id) IS NOT NULL';

/**
 * A join that PostgreSQL can begin from either side. With its last term the customers are not made distinct first, by each of the
 * processes of a parallel plan, which took three times as long as to merge them.
 */
const joined = (ids: string): string =>
  `EXISTS (SELECT 1 FROM (${ids}) a (customer_id) WHERE a.customer_id = s.customer_id${NOT_DISTINCT})`;

/** OFFSET keeps PostgreSQL from joining, and from hashing all of them. */
const probed = (ids: string): string =>
  `EXISTS (SELECT 1 FROM (${ids}) a (customer_id) WHERE a.customer_id = s.customer_id OFFSET 0)`;

/** Only NOT EXISTS can be joined, and needs no distinct customers; other conditions may be NULL. */
const negated = (sql: string): string =>
  isOneExists(sql) ? `NOT ${sql.replace(NOT_DISTINCT, '')}` : `(${sql}) IS NOT TRUE`;

/** Whether the text is one EXISTS, and nothing after it. */
function isOneExists(sql: string): boolean {
  if (!sql.startsWith('EXISTS (')) return false;
  let depth = 0;
  for (const [at, sign] of [...sql].entries()) {
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    if (sign === ')' && depth === 0) return at === sql.length - 1;
  }
  return false;
}

function compileNode(node: SegmentNode, compiler: Compiler): string {
  switch (node.kind) {
    case 'all':
      return `(${node.parts.map((part) => compileNode(part, compiler)).join(' AND ')})`;
    case 'any':
      return compileAny(node.parts, compiler);
    case 'not':
      return node.part.kind === 'condition'
        ? compileNot(node.part, compiler)
        : negated(compileNode(node.part, lookedUp(compiler)));
    case 'condition':
      return bindCondition(node).sql(compiler.required);
  }
}

/** Within what may hold nothing is joined. */
const lookedUp = (compiler: Compiler): Compiler => ({ ...compiler, required: compiler.optional });

function compileNot(part: ConditionNode, compiler: Compiler): string {
  const count = compiler.count();
  const sql = compileNode(part, compiler);
  if (isOneExists(sql)) return negated(sql);
  compiler.undo(count);
  return negated(compileNode(part, lookedUp(compiler)));
}

/**
 * "A and B, or B and C" is written as "B, and A or C": a condition that must hold is answered by an index, one that may hold
 * only for each customer in turn.
 */
function compileAny(parts: readonly SegmentNode[], compiler: Compiler): string {
  const union = parts.length > 1 ? compileUnion(parts, compiler) : null;
  if (union !== null) return union;
  const groups = parts.map((part) => new Map(partsOf(part).map((one) => [JSON.stringify(one), one])));
  const [first = new Map<string, SegmentNode>(), ...others] = groups;
  if (others.length === 0) return `(${parts.map((part) => compileNode(part, compiler)).join(' OR ')})`;
  const common = [...first].filter(([key]) => others.every((group) => group.has(key)));
  const optional = lookedUp(compiler);
  if (common.length === 0) return `(${parts.map((part) => compileNode(part, optional)).join(' OR ')})`;
  const shared = common.map(([, part]) => compileNode(part, compiler)).join(' AND ');
  for (const group of groups) for (const [key] of common) group.delete(key);
  // One of the groups asks for nothing else.
  if (groups.some((group) => group.size === 0)) return `(${shared})`;
  const rest = groups.flatMap((group) => allOf([...group.values()]) ?? []);
  const either =
    compileUnion(rest, compiler) ?? `(${rest.map((part) => compileNode(part, optional)).join(' OR ')})`;
  return `(${shared} AND ${either})`;
}

/** Stands for "the customer is in that set", alone. */
const IN_SET = 'in set';

/** Conditions each of which asks for a set of customers, as one set; null if any asks for something else. */
function compileUnion(parts: readonly SegmentNode[], compiler: Compiler): string | null {
  const count = compiler.count();
  const sets: string[] = [];
  const gathering: SqlContext = {
    ...compiler.required,
    isAmong: (ids) => {
      sets.push(ids);
      return IN_SET;
    },
  };
  const isSets = parts.every(
    (part) => part.kind === 'condition' && bindCondition(part).sql(gathering) === IN_SET,
  );
  if (isSets) return compiler.required.isAmong(sets.join(' UNION ALL '));
  compiler.undo(count);
  return null;
}
