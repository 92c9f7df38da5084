/** A search split by what its customers are (F26): counts and spend, each with the condition that narrows to it. */
import { pool } from '#app/db.server.ts';
import type { CustomerFilter } from './customer-filter.ts';
import type { ConditionNode } from './conditions/registry.ts';
import { compileFilter } from './filter-sql.server.ts';
import type { Grouping } from './groupings.ts';
import { LIFECYCLE_GROUPS } from './rules/lifecycle.ts';
import { RFM_GROUPS } from './rules/rfm.ts';

/** First years of the ranges of age. */
const AGES_FROM = [0, 18, 25, 35, 45, 55, 65];
/** Provinces are many: the largest groups, then one for the rest. */
const GROUPS_MAX = 50;

/** A part of the search. */
export interface CustomerGroup {
  /** What customers of it have: an id, a key, or of ages the first year; null for those who have none. */
  key: string | null;
  /** Narrows the search to this part. */
  condition: ConditionNode;
  count: number;
  /** Of valid orders, net of refunds, in minor units of the shop's currency. */
  spendMinor: bigint;
}

type Keyed = readonly { key: string; condition: ConditionNode }[];

function ageRanges(): Keyed {
  return AGES_FROM.map((from, index) => {
    const next = AGES_FROM[index + 1];
    const values =
      next === undefined
        ? { op: 'atLeast' as const, value: String(from) }
        : { op: 'between' as const, from: String(from), to: String(next - 1) };
    return { key: String(from), condition: { kind: 'condition', code: 'age', values } };
  });
}

/** Groupings by a condition each; the others are by a column. */
const RANGES: Partial<Record<Grouping, Keyed>> = {
  age: ageRanges(),
  lifecycle: LIFECYCLE_GROUPS.map((group) => ({
    key: group,
    condition: { kind: 'condition', code: 'lifecycle', values: { op: 'anyOf', list: [group] } },
  })),
  rfm_group: RFM_GROUPS.map((group) => ({
    key: group,
    condition: { kind: 'condition', code: 'rfm_group', values: { op: 'anyOf', list: [group] } },
  })),
};

const COLUMNS = {
  gender: 's.gender',
  province: 's.province_key',
  category: 's.category_id::text',
  tier: 's.tier_id::text',
};

/** Groups the customers whom a filter finds, the largest group first; those of no group come with the key null. */
export async function groupCustomers(
  shopId: bigint,
  filter: CustomerFilter,
  by: Grouping,
): Promise<CustomerGroup[]> {
  const ranges = RANGES[by] ?? [];
  const { where, parameters, compile, moment } = await compileFilter(pool, shopId, filter);
  const cases = ranges.map(({ key, condition }) => `WHEN ${compile(condition)} THEN '${key}'`);
  const column =
    by === 'age' || by === 'lifecycle' || by === 'rfm_group' ? `CASE ${cases.join(' ')} END` : COLUMNS[by];
  const key =
    by === 'category' ? `coalesce(${column}, $${parameters.push(moment.defaultCategoryId)}::text)` : column;
  const { rows } = await pool.query<Omit<CustomerGroup, 'condition'>>(
    `SELECT g.key, count(*)::int AS count, sum(g.spend_minor)::bigint AS "spendMinor"
     FROM (SELECT ${key} AS key, s.spend_minor FROM customer_stats s WHERE ${where}) g
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${GROUPS_MAX}`,
    parameters,
  );
  return rows.map((row) => ({ ...row, condition: conditionOf(by, row.key) }));
}

function conditionOf(by: Grouping, key: string | null): ConditionNode {
  const range = RANGES[by]?.find((one) => one.key === key);
  if (range !== undefined) return range.condition;
  if (by === 'age') return { kind: 'condition', code: 'age', values: { op: 'isEmpty' } };
  const values = key === null ? { op: 'isEmpty' as const } : { op: 'anyOf' as const, list: [key] };
  return { kind: 'condition', code: by, values };
}
