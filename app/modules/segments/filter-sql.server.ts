import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { Queryable } from '#app/db.server.ts';
import { findMissing } from './find-missing.server.ts';
import { filterTree, type CustomerFilter } from './customer-filter.ts';
import { readMoment } from './read-moment.server.ts';
import { IS_LISTED, readSearch, type Search } from './resolve-search.server.ts';
import { putInto, type PutParameter } from './sql-parameters.ts';
import { compileTree, compileValue } from './tree/compile.ts';
import type { Moment } from './conditions/facts.ts';
import { readComputableRule } from './saved/segment-rule.server.ts';
import { allOf, type SegmentNode } from './tree/tree.ts';

/** A filter as SQL, with everything looked up. */
export interface PreparedFilter {
  /** Conditions on rows `s` of `customer_stats`, without the rule and the search. */
  conditions: string[];
  /** The filter's rule, on the same rows. */
  rule: string | null;
  parameters: unknown[];
  search: Search | null;
}

/**
 * Looks up what the filter's statement needs: the shop's today, the matches of its search. `$1` is the shop. For statements that
 * look at a few customers, `compileProbe` writes the rule.
 */
export async function prepareFilter(
  db: Queryable,
  shopId: bigint,
  filter: CustomerFilter,
  compileRule: typeof compileTree = compileTree,
): Promise<PreparedFilter> {
  const { tree, isComputable } = await readFilterTree(db, shopId, filter);
  const search = await readSearch(db, shopId, filter.query);
  const parameters: unknown[] = [shopId];
  const rule = tree && compileRule(tree, await readMoment(db, shopId, tree), parameters);
  const conditions = ['s.shop_id = $1', `s.standing = '${filter.hasLeft ? 'left' : 'active'}'`];
  // "None of a tag that is gone" would be everybody.
  if (!isComputable) conditions.push('false');
  return { conditions, rule, parameters, search };
}

/** The filter as one rule, with those of its segments; not computable if one is gone or names what is gone. */
async function readFilterTree(
  db: Queryable,
  shopId: bigint,
  filter: CustomerFilter,
): Promise<{ tree: SegmentNode | null; isComputable: boolean }> {
  const own = filterTree(filter);
  const isComputable =
    !filter.hasBrokenRule &&
    (filter.rule === null || (await findMissing(db, shopId, filter.rule)).length === 0);
  const parts = own === null ? [] : [own];
  const named = [
    ...(filter.segmentId === null ? [] : [{ segmentId: filter.segmentId, isIn: true }]),
    ...(filter.compared === null ? [] : [filter.compared]),
  ];
  for (const { segmentId, isIn } of named) {
    const rule = await readComputableRule(db, shopId, segmentId);
    if (rule === null) return { tree: own, isComputable: false };
    parts.unshift(isIn ? rule : { kind: 'not', part: rule });
  }
  return { tree: allOf(parts), isComputable };
}

/** A filter as SQL with all its matches, and what else a statement over it may ask. */
export interface CompiledFilter {
  /** On rows `s` of `customer_stats`. */
  where: string;
  /** `$1` is the shop. */
  parameters: unknown[];
  moment: Moment;
  /** Another rule as a value of the same rows; its values join the parameters. */
  compile: (rule: SegmentNode) => string;
}

/** Compiles a filter for a statement over all that it finds. */
export async function compileFilter(
  db: Queryable,
  shopId: bigint,
  filter: CustomerFilter,
): Promise<CompiledFilter> {
  const prepared = await prepareFilter(db, shopId, filter);
  const parameters = [...prepared.parameters];
  const where = whereOf(prepared, { gather: null }, parameters);
  const { tree } = await readFilterTree(db, shopId, filter);
  const moment = await readMoment(db, shopId, tree);
  return { where, parameters, moment, compile: (rule) => compileValue(rule, moment, parameters) };
}

/**
 * How a statement applies a search: by ids gathered before; `walk` checks each row of the list, and the fence (OFFSET 0)
 * keeps the planner from gathering; `{ gather }` materialises up to that many matches first, null for all.
 */
export type SearchPlan = 'walk' | { ids: readonly bigint[] } | { gather: number | null };

function searchCondition({ alsoIds, matches }: Search, plan: SearchPlan, put: PutParameter): string {
  const isOneOf = (ids: readonly bigint[]) => `s.customer_id = ANY(${put(bigintArray(ids))}::bigint[])`;
  if (plan !== 'walk' && 'ids' in plan) return isOneOf(plan.ids);
  if (matches === null) return isOneOf(alsoIds);
  const limit = plan === 'walk' || plan.gather === null ? 'OFFSET 0' : `LIMIT ${plan.gather}`;
  const isMatch =
    plan === 'walk'
      ? `(SELECT ${matches(put)} FROM customers c WHERE c.shop_id = s.shop_id AND c.customer_id = s.customer_id OFFSET 0)`
      : `s.customer_id = ANY(ARRAY(SELECT c.customer_id FROM customers c WHERE ${IS_LISTED} AND ${matches(put)} ${limit}))`;
  return alsoIds.length === 0 ? isMatch : `(${isOneOf(alsoIds)} OR ${isMatch})`;
}

/** Joins all conditions, with the search by a plan. Adds its values to `parameters`. */
export function whereOf(
  { conditions, rule, search }: PreparedFilter,
  plan: SearchPlan,
  parameters: unknown[],
): string {
  const parts = [...conditions, ...(rule === null ? [] : [rule])];
  if (search !== null) parts.push(searchCondition(search, plan, putInto(parameters)));
  return parts.length === 0 ? 'true' : parts.join(' AND ');
}
