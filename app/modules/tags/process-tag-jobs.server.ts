/** The worker's task for tags of many customers: each is written at Shopify, then here, one page after the other. */
import pMap from 'p-map';
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { addTags, removeTags, type TagsWritten } from '#app/integrations/shopify/tags.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { recordTagAnswers } from './record-tags.server.ts';
import type { TagChange } from './rules/tag-changes.ts';
import { tagKey } from '#app/modules/customers/rules/tag-key.ts';
import { stepsOf } from './rules/tag-steps.ts';

/** Written to the database together; a page that is lost is asked of Shopify once more, which changes nothing. */
const PAGE = 20;
/** Calls at a time; Shopify's limit lets a shop do some ten a second. */
const WRITES_AT_ONCE = 4;
/** After so long another worker may take what one has not written. */
const LEASE_SECONDS = 120;
const ATTEMPTS_MAX = 8;
const RETRY_SECONDS = { first: 10, factor: 3, max: 3_600 };

interface Write {
  shopId: bigint;
  jobId: bigint;
  customerId: bigint;
  attempts: number;
  domain: string;
  kind: string;
  tag: string;
  target: string | null;
}

/** Taken by moving the next attempt away; a worker that dies leaves them for later. */
const TAKE = `
  WITH due AS (
    SELECT w.shop_id, w.job_id, w.customer_id FROM tag_writes w
     WHERE w.shop_id = $1 AND w.failure IS NULL AND w.next_attempt_at <= statement_timestamp()
     ORDER BY w.next_attempt_at, w.job_id, w.customer_id LIMIT ${PAGE} FOR UPDATE OF w SKIP LOCKED)
  UPDATE tag_writes w SET next_attempt_at = clock_timestamp() + interval '${LEASE_SECONDS} seconds', attempts = w.attempts + 1
    FROM due d JOIN tag_jobs j USING (shop_id, job_id) JOIN shops s USING (shop_id)
   WHERE w.shop_id = d.shop_id AND w.job_id = d.job_id AND w.customer_id = d.customer_id
  RETURNING w.shop_id AS "shopId", w.job_id AS "jobId", w.customer_id AS "customerId", w.attempts, s.domain, j.kind, j.tag, j.target`;

type Outcome =
  /** `changes`: what is so at Shopify now; none when nothing had to be done. */
  | { write: Write; outcome: 'done'; changes: TagChange[] }
  | { write: Write; outcome: 'failed'; failure: string }
  | { write: Write; outcome: 'later' };

const SHOPS = `
  SELECT DISTINCT shop_id AS "shopId" FROM tag_jobs JOIN shops USING (shop_id)
   WHERE finished_at IS NULL AND ${IS_INSTALLED_SQL} ORDER BY 1`;

interface TagShop {
  shopId: bigint;
}

/**
 * Writes every tag that is due, one page of each shop in turn; returns how many customers it was done with. May run
 * twice, late or on two machines.
 */
export async function processTagJobs(signal?: AbortSignal): Promise<number> {
  let written = 0;
  let { rows: shops } = await pool.query<TagShop>(SHOPS);
  while (shops.length > 0 && !signal?.aborted) {
    const next: TagShop[] = [];
    const takePage = async (shop: TagShop): Promise<number> => {
      const page = await writePage(shop.shopId);
      if (page.taken === PAGE) next.push(shop);
      return page.written;
    };
    written += await forEachShop('process-tag-jobs', shops, takePage, { signal });
    shops = next;
  }
  return written;
}

async function writePage(shopId: bigint): Promise<{ taken: number; written: number }> {
  const { rows } = await pool.query<Write>(TAKE, [shopId]);
  if (rows.length === 0) return { taken: 0, written: 0 };
  const needed = await withNeed(rows);
  const outcomes: Outcome[] = rows
    .filter((row) => !needed.includes(row))
    .map((write) => ({ write, outcome: 'done', changes: [] }));
  outcomes.push(...(await pMap(needed, writeOne, { concurrency: WRITES_AT_ONCE })));
  await withTransaction((tx) => keepOutcomes(tx, outcomes));
  return { taken: rows.length, written: outcomes.filter(({ outcome }) => outcome !== 'later').length };
}

const HELD = `
  SELECT t.shop_id AS "shopId", t.customer_id AS "customerId", t.tag_key AS "tagKey" FROM customer_tags t
    JOIN unnest($1::bigint[], $2::bigint[], $3::text[]) AS n (shop_id, customer_id, tag_key) USING (shop_id, customer_id, tag_key)
   WHERE t.is_on`;

/** Customers whose tag did not change meanwhile: a tag removed since is not replaced. */
async function withNeed(writes: readonly Write[]): Promise<Write[]> {
  const { rows } = await pool.query<{ shopId: bigint; customerId: bigint; tagKey: string }>(HELD, [
    bigintArray(writes.map(({ shopId }) => shopId)),
    bigintArray(writes.map(({ customerId }) => customerId)),
    writes.map(({ tag }) => tagKey(tag)),
  ]);
  const held = new Set(rows.map((row) => `${row.shopId}/${row.customerId}/${row.tagKey}`));
  return writes.filter((write) => {
    const has = held.has(`${write.shopId}/${write.customerId}/${tagKey(write.tag)}`);
    // A second try may have done half of it.
    return write.kind === 'add' ? !has : has || write.attempts > 1;
  });
}

async function writeOne(write: Write): Promise<Outcome> {
  const changes: TagChange[] = [];
  try {
    for (const { how, tag } of stepsOf(write)) {
      const call = how === 'add' ? addTags : removeTags;
      const answer: TagsWritten = await call(write.domain, write.customerId, [tag]);
      if (answer.outcome === 'gone') return { write, outcome: 'done', changes: [] };
      if (answer.outcome === 'refused') return { write, outcome: 'failed', failure: answer.reason };
      const { shopId, customerId } = write;
      changes.push({ shopId, customerId, name: tag, isOn: how === 'add', at: answer.at });
    }
    return { write, outcome: 'done', changes };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const line = { shop: write.domain, jobId: String(write.jobId), reason: safeErrorText(error) };
    if (error.retryable && write.attempts < ATTEMPTS_MAX) {
      logger.warn(line, 'tag not written yet');
      return { write, outcome: 'later' };
    }
    logger.error(line, 'tag given up');
    return { write, outcome: 'failed', failure: 'no_answer' };
  }
}

const LATER = `
  UPDATE tag_writes SET next_attempt_at = clock_timestamp() + make_interval(secs =>
    least(${RETRY_SECONDS.first} * power(${RETRY_SECONDS.factor}, attempts - 1), ${RETRY_SECONDS.max}))
  WHERE shop_id = $1 AND job_id = $2 AND customer_id = $3 AND failure IS NULL`;
const FAIL = `
  UPDATE tag_writes SET failure = $4 WHERE shop_id = $1 AND job_id = $2 AND customer_id = $3 AND failure IS NULL`;
const DONE =
  'DELETE FROM tag_writes WHERE shop_id = $1 AND job_id = $2 AND customer_id = $3 AND failure IS NULL';
const COUNT = 'UPDATE tag_jobs SET done = done + $3, failed = failed + $4 WHERE shop_id = $1 AND job_id = $2';

/** Each row is counted by the worker that deleted it, so that two workers count it once. */
async function keepOutcomes(tx: Transaction, outcomes: readonly Outcome[]): Promise<void> {
  const jobs = new Map<string, { write: Write; done: number; failed: number }>();
  // Jobs and customers in order: two workers lock them in the same one.
  const ordered = outcomes.toSorted((one, other) => compare(one.write, other.write));
  for (const one of ordered) {
    const { shopId, jobId, customerId } = one.write;
    const key = [shopId, jobId, customerId];
    const mark = `${shopId}/${jobId}`;
    const job = jobs.get(mark) ?? { write: one.write, done: 0, failed: 0 };
    jobs.set(mark, job);
    if (one.outcome === 'done') job.done += (await tx.query(DONE, key)).rowCount ?? 0;
    if (one.outcome === 'failed') job.failed += (await tx.query(FAIL, [...key, one.failure])).rowCount ?? 0;
    if (one.outcome === 'later') await tx.query(LATER, key);
  }
  await recordTagAnswers(
    tx,
    ordered.flatMap((one) => (one.outcome === 'done' ? one.changes : [])),
  );
  for (const { write, done, failed } of jobs.values()) {
    await tx.query(COUNT, [write.shopId, write.jobId, done, failed]);
    await endJob(tx, write);
  }
}

const END = `
  UPDATE tag_jobs j SET finished_at = clock_timestamp() WHERE j.shop_id = $1 AND j.job_id = $2 AND j.finished_at IS NULL
     AND j.done + j.failed >= j.total`;
const FORGET = `
  DELETE FROM tags g WHERE g.shop_id = $1 AND g.tag_key = $2
     AND NOT EXISTS (SELECT 1 FROM customer_tags t WHERE t.shop_id = $1 AND t.tag_key = $2 AND t.is_on)`;

/** A tag that is being removed leaves the catalogue when no customer has it. */
async function endJob(tx: Transaction, { shopId, jobId, kind, tag, target }: Write): Promise<void> {
  const { rowCount } = await tx.query(END, [shopId, jobId]);
  const isSame = target !== null && tagKey(target) === tagKey(tag);
  if (rowCount === 1 && kind !== 'add' && kind !== 'remove' && !isSame) {
    await tx.query(FORGET, [shopId, tagKey(tag)]);
  }
}

function compare(one: Write, other: Write): number {
  const difference =
    one.shopId - other.shopId || one.jobId - other.jobId || one.customerId - other.customerId;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
