/** Whom a segment at Shopify means: read page by page into `shopify_segment_members`, resumed where it stopped. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool, withTransaction } from '#app/db.server.ts';
import {
  findShopifySegment,
  isMembersQueryDone,
  readMembersPage,
  startMembersQuery,
} from '#app/integrations/shopify/segments.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { FORGET_SEGMENT } from './forget-segment.ts';

export interface SegmentToRead {
  shopId: bigint;
  domain: string;
  shopifySegmentId: bigint;
}

/** Between looks whether Shopify has found the members; longer each time, up to the last. */
const LOOKS_MS = [250, 500, 1_000, 2_000, 4_000, 4_000, 4_000];
/** After so long without them the next run of the worker looks again. */
const LOOK_AGAIN_SECONDS = 30;
/** A query that was begun longer ago is begun again: Shopify doesn't say how long it knows one. */
const QUERY_LIFE = '1 hour';

interface Reading {
  queryId: string | null;
  nextPage: string | null;
  /** The number of this reading. */
  reading: number;
}

const LOAD = `
  SELECT CASE WHEN started_at > ledger_now() - interval '${QUERY_LIFE}' THEN query_id END AS "queryId", next_page AS "nextPage",
    readings + 1 AS reading FROM shopify_segments WHERE shop_id = $1 AND shopify_segment_id = $2 AND gone_at IS NULL`;

const START = `
  UPDATE shopify_segments SET query_id = $3, started_at = ledger_now(), next_page = NULL
  WHERE shop_id = $1 AND shopify_segment_id = $2`;

/** Reads the members as they are now, or goes on with a reading; returns how many were stored. Throws UpstreamError. */
export async function readMembers(segment: SegmentToRead, signal?: AbortSignal): Promise<number> {
  const { shopId, domain, shopifySegmentId } = segment;
  const key = [shopId, shopifySegmentId];
  const { rows } = await pool.query<Reading>(LOAD, key);
  const [known] = rows;
  if (!known) return 0;
  const queryId = known.queryId ?? (await startMembersQuery(domain, shopifySegmentId));
  if (queryId === null) return forgetIfGone(segment);
  if (known.queryId === null) await pool.query(START, [...key, queryId]);
  try {
    if (!(await waitUntilDone(domain, queryId, signal))) {
      await wakeTask(pool, 'read-shopify-segments', { afterSeconds: LOOK_AGAIN_SECONDS });
      return 0;
    }
    return await readPages(segment, { ...known, queryId }, signal);
  } catch (error) {
    // A query that Shopify no longer knows is begun again.
    if (error instanceof UpstreamError && !error.retryable) await pool.query(START, [...key, null]);
    throw error;
  }
}

async function waitUntilDone(domain: string, queryId: string, signal?: AbortSignal): Promise<boolean> {
  for (const waitMs of LOOKS_MS) {
    if (await isMembersQueryDone(domain, queryId)) return true;
    if (signal?.aborted) return false;
    await sleep(waitMs);
  }
  return isMembersQueryDone(domain, queryId);
}

/** New members count when the reading is complete (`first_reading`). */
const STORE_PAGE = `
  INSERT INTO shopify_segment_members (shop_id, shopify_segment_id, customer_id, first_reading, last_reading)
  SELECT $1, $2, u.id, $4, $4 FROM (SELECT DISTINCT id FROM unnest($3::bigint[]) AS k (id) ORDER BY 1) u
  ON CONFLICT (shop_id, shopify_segment_id, customer_id) DO UPDATE SET last_reading = excluded.last_reading`;

const MOVE_ON = `
  UPDATE shopify_segments SET next_page = $4 WHERE shop_id = $1 AND shopify_segment_id = $2 AND query_id = $3 RETURNING 1`;

async function readPages(
  { shopId, domain, shopifySegmentId }: SegmentToRead,
  { queryId, nextPage, reading }: Reading & { queryId: string },
  signal?: AbortSignal,
): Promise<number> {
  let stored = 0;
  for (let after = nextPage; !signal?.aborted;) {
    const page = await readMembersPage(domain, queryId, after);
    const isOver = await withTransaction(async (tx) => {
      const moved = await tx.query(MOVE_ON, [shopId, shopifySegmentId, queryId, page.after]);
      if (moved.rowCount !== 1) return true;
      await tx.query(STORE_PAGE, [shopId, shopifySegmentId, bigintArray(page.customerIds), reading]);
      if (page.after !== null) return false;
      for (const sql of COMPLETE) await tx.query(sql, [shopId, shopifySegmentId, reading]);
      return true;
    });
    stored += page.customerIds.length;
    if (isOver) return stored;
    after = page.after;
  }
  return stored;
}

const COMPLETE = [
  `DELETE FROM shopify_segment_members WHERE shop_id = $1 AND shopify_segment_id = $2 AND last_reading < $3`,
  `UPDATE shopify_segments SET readings = $3, read_at = started_at, query_id = NULL, started_at = NULL, next_page = NULL,
     members = (SELECT count(*) FROM shopify_segment_members m WHERE m.shop_id = $1 AND m.shopify_segment_id = $2)
   WHERE shop_id = $1 AND shopify_segment_id = $2`,
];

/** Shopify refuses members of a segment that was deleted; whatever else it refuses is an error. */
async function forgetIfGone({ shopId, domain, shopifySegmentId }: SegmentToRead): Promise<number> {
  if ((await findShopifySegment(domain, shopifySegmentId)) !== null)
    throw new Error(`Shopify refuses the members of segment ${shopifySegmentId}`);
  await withTransaction(async (tx) => {
    for (const sql of FORGET_SEGMENT) await tx.query(sql, [shopId, shopifySegmentId]);
  });
  return 0;
}
