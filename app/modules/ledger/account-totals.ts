import { EARNED_KINDS, SPENT_KINDS } from './rules/posting-types.ts';

const inList = (kinds: readonly string[]) => kinds.map((kind) => `'${kind}'`).join(', ');

/**
 * What accounts of the shop `$1` ever earned and spent by their entries, those of merged customers included: rows
 * (customer_id, unit, earned, spent).
 */
export const ACCOUNT_TOTALS = `
  SELECT coalesce(m.merged_into, e.customer_id) AS customer_id, e.unit,
    coalesce(sum(e.amount) FILTER (WHERE e.kind IN (${inList(EARNED_KINDS)})), 0)::bigint AS earned,
    coalesce(-sum(e.amount) FILTER (WHERE e.kind IN (${inList(SPENT_KINDS)})), 0)::bigint AS spent
  FROM ledger_entries e LEFT JOIN customers m ON m.shop_id = $1 AND m.customer_id = e.customer_id
  WHERE e.shop_id = $1 GROUP BY 1, 2`;
