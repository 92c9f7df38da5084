import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { Queryable } from '#app/db.server.ts';
import { groupCondition, type PutParameter } from '#app/modules/segments/group-condition.server.ts';
import { readLifecycle } from '#app/modules/segments/lifecycle.queries.server.ts';
import type { CustomerFilter } from './customer-filter.ts';
import { IS_LISTED, readSearch, type Search } from './resolve-search.server.ts';

/** A filter that is ready to be asked: what had to be looked up for it is. */
export interface PreparedFilter {
  /** Conditions on rows `s` of `customer_stats`, without the search. */
  conditions: string[];
  parameters: unknown[];
  search: Search | null;
}

/** Looks up what the filter's statement needs: the days of its tab, whom its search finds. `$1` is the shop. */
export async function prepareFilter(
  db: Queryable,
  shopId: bigint,
  filter: CustomerFilter,
): Promise<PreparedFilter> {
  const search = await readSearch(db, shopId, filter.query);
  const parameters: unknown[] = [shopId];
  const put = putInto(parameters);
  const conditions = ['s.shop_id = $1', `s.standing = '${filter.hasLeft ? 'left' : 'active'}'`];
  if (filter.tab !== 'all') conditions.push(groupCondition(filter.tab, await readLifecycle(db, shopId), put));
  if (filter.cityKey !== null) conditions.push(`s.city_key = ${put(filter.cityKey)}`);
  if (filter.categoryId !== null)
    conditions.push(await categoryCondition(db, shopId, filter.categoryId, put));
  if (filter.missing !== null)
    conditions.push(
      `EXISTS (SELECT FROM customers m WHERE m.shop_id = s.shop_id AND m.customer_id = s.customer_id AND m.${filter.missing} IS NULL)`,
    );
  return { conditions, parameters, search };
}

/** Puts values behind those that are there. */
export function putInto(parameters: unknown[]): PutParameter {
  return (value) => `$${parameters.push(value)}`;
}

/** Who has no category counts as in the default one. */
async function categoryCondition(
  db: Queryable,
  shopId: bigint,
  categoryId: bigint,
  put: PutParameter,
): Promise<string> {
  const { rowCount } = await db.query(
    'SELECT FROM categories WHERE shop_id = $1 AND category_id = $2 AND is_default',
    [shopId, categoryId],
  );
  const isIt = `s.category_id = ${put(categoryId)}`;
  return rowCount ? `(${isIt} OR s.category_id IS NULL)` : isIt;
}

/**
 * How a statement meets a search: by the ids that were gathered for it; `walk` looks at each row of a list that it
 * walks, and the fence (OFFSET 0) keeps the planner from gathering; `{ gather }` finds so many first, null for all.
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

/** All conditions as one, the search by a plan. Adds its values to `parameters`. */
export function whereOf(
  { conditions, search }: PreparedFilter,
  plan: SearchPlan,
  parameters: unknown[],
): string {
  if (search === null) return conditions.join(' AND ');
  return [...conditions, searchCondition(search, plan, putInto(parameters))].join(' AND ');
}
