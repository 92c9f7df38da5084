import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { asksProduct } from './rules/fact-needs.ts';
import { loadRule } from './rules/store-rules.ts';

/** Those of these shops whose rules in force look at tags, collections or printed points of products. */
export async function shopsAskingProducts(
  db: Queryable,
  shopIds: ReadonlySet<bigint>,
): Promise<ReadonlySet<bigint>> {
  if (shopIds.size === 0) return new Set();
  const { rows } = await db.query<{ shop_id: bigint; rule: unknown }>(
    `SELECT shop_id, rule FROM programs WHERE shop_id = ANY($1::bigint[]) AND status = 'active'`,
    [bigintArray([...shopIds])],
  );
  return new Set(rows.filter(({ rule }) => asksProduct(loadRule(rule))).map((row) => row.shop_id));
}
