import { pool } from '#app/db.server.ts';
import { EVERYBODY, TABS, type CustomerFilter, type CustomerTab } from './customer-filter.ts';
import { prepareFilter, whereOf, type PreparedFilter, type SearchPlan } from './filter-sql.server.ts';
import { putInto } from './sql-parameters.ts';
import { IS_LISTED } from './resolve-search.server.ts';

/** Counted exactly up to here; a larger number is "more than" this. */
export const COUNT_MAX = 10_000;
/** Rows read for a count; with more, the count among them is a minimum. */
const LOOKED_AT_MAX = 20_000;

/** Exactly `count`, or more than that. */
export interface Count {
  count: number;
  isMore: boolean;
}

/** Counts the shop's customers that match the filter. */
export async function countCustomers(shopId: bigint, filter: CustomerFilter): Promise<Count> {
  const prepared = await prepareFilter(pool, shopId, filter);
  const { search } = prepared;
  if (search === null) return countRows(prepared, 'walk', COUNT_MAX);
  // If few remain without the search, check each of them; otherwise check the matches of the search.
  const others = await countRows({ ...prepared, search: null }, 'walk', LOOKED_AT_MAX);
  if (!others.isMore) return countRows(prepared, 'walk', COUNT_MAX);
  const found = await countRows(prepared, { gather: LOOKED_AT_MAX }, COUNT_MAX);
  return { ...found, isMore: found.isMore || (await isLookedAtInPart(shopId, prepared)) };
}

async function countRows(prepared: PreparedFilter, plan: SearchPlan, most: number): Promise<Count> {
  const values = [...prepared.parameters];
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT FROM customer_stats s WHERE ${whereOf(prepared, plan, values)} LIMIT ${most + 1}) found`,
    values,
  );
  const count = rows[0]?.count ?? 0;
  return { count: Math.min(count, most), isMore: count > most };
}

/** Whether the search has more matches than were read. */
async function isLookedAtInPart(shopId: bigint, { search }: PreparedFilter): Promise<boolean> {
  if (!search?.matches) return false;
  const values: unknown[] = [shopId];
  const { rowCount } = await pool.query(
    `SELECT FROM customers c WHERE ${IS_LISTED} AND ${search.matches(putInto(values))} OFFSET ${LOOKED_AT_MAX} LIMIT 1`,
    values,
  );
  return rowCount === 1;
}

/** Counts all the shop's customers by tab, without the list's filters. */
export async function countTabs(shopId: bigint): Promise<Record<CustomerTab, Count>> {
  const counts = await Promise.all(
    TABS.map(async (tab) => [tab, await countCustomers(shopId, { ...EVERYBODY, tab })] as const),
  );
  const none: Count = { count: 0, isMore: false };
  return { all: none, new: none, regular: none, lapsed: none, ...Object.fromEntries(counts) };
}
