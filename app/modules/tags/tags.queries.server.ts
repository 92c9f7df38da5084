import { pool } from '#app/db.server.ts';
import { readColour, type TagColour } from './rules/tag-names.ts';
import type { TagJobKind } from './tag-jobs.server.ts';

/** A list with more ends here and says so. */
export const TAGS_LISTED_MAX = 1_000;
const JOBS_LISTED_MAX = 5;

export interface CatalogueTag {
  tagKey: string;
  name: string;
  colour: TagColour;
  /** How many customers have it. */
  customers: number;
}

export interface TagJobView {
  jobId: bigint;
  kind: TagJobKind;
  tag: string;
  target: string | null;
  total: number;
  done: number;
  failed: number;
  /** Why, of the first that failed: `too_many`, `invalid` or `no_answer`. */
  failure: string | null;
  isOver: boolean;
}

/** The shop's tags by name, each with how many customers of the list have it. */
export async function listTags(shopId: bigint): Promise<CatalogueTag[]> {
  const { rows } = await pool.query<Omit<CatalogueTag, 'colour'> & { colour: string }>(
    `SELECT g.tag_key AS "tagKey", g.name, g.colour, coalesce(n.customers, 0)::int AS customers FROM tags g
      LEFT JOIN (SELECT t.tag_key, count(*) AS customers FROM customer_tags t JOIN customers c USING (shop_id, customer_id)
         WHERE t.shop_id = $1 AND t.is_on AND c.state = 'active' AND c.merged_into IS NULL AND c.left_at IS NULL GROUP BY 1) n USING (tag_key)
      WHERE g.shop_id = $1 ORDER BY g.tag_key LIMIT ${TAGS_LISTED_MAX}`,
    [shopId],
  );
  return rows.map((row) => ({ ...row, colour: readColour(row.colour) }));
}

/**
 * Changes of many customers' tags that run or ended within the last day, the newest first; of one segment that is kept
 * as a tag, or of all.
 */
export async function listTagJobs(shopId: bigint, segmentId: bigint | null = null): Promise<TagJobView[]> {
  const { rows } = await pool.query<TagJobView>(
    `SELECT j.job_id AS "jobId", j.kind, j.tag, j.target, j.total, j.done, j.failed, j.finished_at IS NOT NULL AS "isOver",
        (SELECT w.failure FROM tag_writes w WHERE w.shop_id = j.shop_id AND w.job_id = j.job_id AND w.failure IS NOT NULL
          ORDER BY w.customer_id LIMIT 1) AS failure
       FROM tag_jobs j WHERE j.shop_id = $1 AND ($2::bigint IS NULL OR j.segment_id = $2) AND (j.finished_at IS NULL OR j.finished_at > clock_timestamp() - interval '1 day')
      ORDER BY j.created_at DESC LIMIT ${JOBS_LISTED_MAX}`,
    [shopId, segmentId],
  );
  return rows;
}

/** Reads the tags of one customer by name; null for an unknown customer. */
export async function readCustomerTags(
  shopId: bigint,
  customerId: bigint,
): Promise<Pick<CatalogueTag, 'tagKey' | 'name' | 'colour'>[] | null> {
  const { rows: known } = await pool.query(
    `SELECT 1 FROM customers WHERE shop_id = $1 AND customer_id = $2 AND state = 'active'`,
    [shopId, customerId],
  );
  if (known.length === 0) return null;
  const { rows } = await pool.query<{ tagKey: string; name: string; colour: string }>(
    `SELECT g.tag_key AS "tagKey", g.name, g.colour FROM customer_tags t JOIN tags g USING (shop_id, tag_key)
      WHERE t.shop_id = $1 AND t.customer_id = $2 AND t.is_on ORDER BY g.tag_key`,
    [shopId, customerId],
  );
  return rows.map((row) => ({ ...row, colour: readColour(row.colour) }));
}
