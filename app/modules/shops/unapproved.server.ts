/** What Shopify has not approved the app to read of a shop's customers. */
import type { Queryable } from '#app/db.server.ts';
import { APPROVALS, type Approval } from '#app/integrations/shopify/protected-fields.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';

/** Reads what is not approved in each of these shops; a shop of which everything is known to be approved is absent. */
export async function readUnapprovedOf(
  db: Queryable,
  shopIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, ReadonlySet<Approval>>> {
  const { rows } = await db.query<{ shopId: bigint; contents: string[] }>(
    `SELECT shop_id AS "shopId", array_agg(content) AS contents FROM unapproved_data
      WHERE shop_id = ANY($1) AND granted_at IS NULL GROUP BY shop_id`,
    [bigintArray([...new Set(shopIds)])],
  );
  return new Map(
    rows.map(({ shopId, contents }) => [
      shopId,
      new Set(APPROVALS.filter((each) => contents.includes(each))),
    ]),
  );
}
