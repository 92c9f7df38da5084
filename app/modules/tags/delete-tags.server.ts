import type { Transaction } from '#app/db.server.ts';
import { tagKey } from '#app/modules/customers/rules/tag-key.ts';

/** A tag that no other customer has may be about that person. */
const DELETE_OWN_TAGS = `
  DELETE FROM tags g WHERE g.shop_id = $1
    AND EXISTS (SELECT 1 FROM customer_tags t WHERE t.shop_id = $1 AND t.tag_key = g.tag_key AND t.customer_id = ANY($2::bigint[]))
    AND NOT EXISTS (SELECT 1 FROM customer_tags t WHERE t.shop_id = $1 AND t.tag_key = g.tag_key AND t.customer_id <> ALL($2::bigint[]))`;

/** Tags that these customers have or had and no one else. */
const OWN_KEYS = `
  SELECT DISTINCT t.tag_key AS key FROM customer_tags t WHERE t.shop_id = $1 AND t.customer_id = ANY($2::bigint[])
     AND NOT EXISTS (SELECT 1 FROM customer_tags o WHERE o.shop_id = $1 AND o.tag_key = t.tag_key AND o.customer_id <> ALL($2::bigint[]))`;

/**
 * Deletes the tags of these customers, and from the catalogue and the finished jobs those that no one else has. Returns
 * how many they had.
 */
export async function deleteTagsOf(
  tx: Transaction,
  shopId: bigint,
  customerIds: readonly bigint[],
): Promise<number> {
  await deleteJobsOfOwnTags(tx, shopId, customerIds);
  await tx.query(DELETE_OWN_TAGS, [shopId, customerIds]);
  const { rowCount } = await tx.query(
    `DELETE FROM customer_tags WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
    [shopId, customerIds],
  );
  return rowCount ?? 0;
}

async function deleteJobsOfOwnTags(
  tx: Transaction,
  shopId: bigint,
  customerIds: readonly bigint[],
): Promise<void> {
  const { rows } = await tx.query<{ key: string }>(OWN_KEYS, [shopId, customerIds]);
  const own = new Set(rows.map(({ key }) => key));
  if (own.size === 0) return;
  const jobs = await tx.query<{ jobId: bigint; tag: string; target: string | null }>(
    `SELECT job_id AS "jobId", tag, target FROM tag_jobs WHERE shop_id = $1 AND finished_at IS NOT NULL`,
    [shopId],
  );
  const about = jobs.rows.filter(
    ({ tag, target }) => own.has(tagKey(tag)) || (target !== null && own.has(tagKey(target))),
  );
  const ids = about.map(({ jobId }) => jobId);
  await tx.query('DELETE FROM tag_writes WHERE shop_id = $1 AND job_id = ANY($2::bigint[])', [shopId, ids]);
  await tx.query('DELETE FROM tag_jobs WHERE shop_id = $1 AND job_id = ANY($2::bigint[])', [shopId, ids]);
}
