import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { asksProduct } from '../rules/fact-needs.ts';
import { loadRule } from '../rules/rules-json.ts';

/** As `asksProduct`, of the rules that orders keep: only whether there are any, as a shop may have many snapshots. */
const KEPT = `
  SELECT DISTINCT shop_id FROM rule_snapshots WHERE shop_id = ANY($1::bigint[]) AND rules @? '$.programs[*].rule ?
    (@.kind == "printed" || exists(@.excluded.tags[*]) || exists(@.excluded.collectionIds[*]))'`;

/**
 * Those of these shops whose rules look at tags, collections or printed points of products: the rules in force, or those
 * that orders keep, as an edit may add products to them.
 */
export async function shopsNeedingProducts(
  db: Queryable,
  shopIds: ReadonlySet<bigint>,
): Promise<ReadonlySet<bigint>> {
  if (shopIds.size === 0) return new Set();
  const { rows } = await db.query<{ shop_id: bigint; rule: unknown }>(
    `SELECT shop_id, rule FROM programs WHERE shop_id = ANY($1::bigint[]) AND status = 'active'`,
    [bigintArray([...shopIds])],
  );
  const kept = await db.query<{ shop_id: bigint }>(KEPT, [bigintArray([...shopIds])]);
  const inForce = rows.filter(({ rule }) => asksProduct(loadRule(rule)));
  return new Set([...inForce, ...kept.rows].map((row) => row.shop_id));
}
