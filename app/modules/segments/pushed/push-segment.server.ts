/** A stored segment that is pushed to Shopify: begin, stop, and settle what was changed there. */
import { pool, withTransaction } from '#app/db.server.ts';
import type { FieldErrorCode } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { changeSegment } from '../saved/change-segments.server.ts';
import { readSegment } from '../saved/segments.queries.server.ts';
import { storeCount } from '../saved/store-count.server.ts';
import { readTheirRule } from './their-rule.ts';
import { endPush, lockPush, requestCheck } from './request-check.server.ts';
import { readWantedContent, requireCurrency, writeShopifyQuery } from './wanted-content.server.ts';

export type Pushed = { ok: true } | { ok: false; field: 'form' | 'there'; code: FieldErrorCode };

const refused = (code: FieldErrorCode, field: 'form' | 'there' = 'form'): Pushed => ({
  ok: false,
  field,
  code,
});

const BEGIN = `
  INSERT INTO segment_pushes (shop_id, segment_id, started_by) SELECT shop_id, segment_id, $3 FROM segments
   WHERE shop_id = $1 AND segment_id = $2 ON CONFLICT DO NOTHING RETURNING 1`;

/** Has the worker create a segment at Shopify and keep it in step. A rule that Shopify can't ask is refused. */
export async function pushSegment(shopId: bigint, segmentId: bigint, actor: string): Promise<Pushed> {
  const segment = await readSegment(shopId, segmentId);
  if (segment === null) return refused('gone');
  const { name, rule: stored } = segment;
  const wanted = await readWantedContent(shopId, { name, stored });
  if (!wanted.ok) return refused('not_for_shopify');
  return withTransaction(async (tx) => {
    const begun = await tx.query(BEGIN, [shopId, segmentId, actor]);
    if (begun.rowCount !== 1) return refused('changed_meanwhile');
    await wakeTask(tx, 'push-segments');
    return { ok: true };
  });
}

/** Pushes a segment no longer; the segment at Shopify is deleted or left as it is. */
export function stopPush(shopId: bigint, segmentId: bigint, deletesThere: boolean): Promise<Pushed> {
  return withTransaction(async (tx) => {
    if (!(await lockPush(tx, shopId, segmentId))) return refused('changed_meanwhile');
    await endPush(tx, shopId, segmentId, deletesThere);
    return { ok: true };
  });
}

/** Has the worker compare with Shopify now, and try again what Shopify refused. */
export async function checkNow(shopId: bigint, segmentId: bigint): Promise<Pushed> {
  return (await requestCheck(pool, shopId, segmentId)) ? { ok: true } : refused('changed_meanwhile');
}

/** What Shopify has counts as written, so that the next check finds nothing of theirs and writes ours. */
const WRITE_OURS = `
  UPDATE segment_pushes SET shopify_segment_id = CASE WHEN conflict = 'changed' THEN shopify_segment_id END,
    written_name = their_name, written_query = their_query, sent_name = NULL, sent_query = NULL, is_confirmed = false,
    creating_since = NULL, conflict = NULL, their_name = NULL, their_query = NULL
  WHERE shop_id = $1 AND segment_id = $2 AND state = 'on' AND conflict = $3 AND their_query IS NOT DISTINCT FROM $4 RETURNING 1`;

/** What staff saw of Shopify's segment: only that is replaced or taken. `query` is null for one that was deleted. */
export interface SeenThere {
  conflict: string;
  query: string | null;
}

/** Writes our name and rule over what was changed at Shopify; creates again what was deleted there. */
export function writeOurs(shopId: bigint, segmentId: bigint, seen: SeenThere): Promise<Pushed> {
  return withTransaction(async (tx) => {
    const settled = await tx.query(WRITE_OURS, [shopId, segmentId, seen.conflict, seen.query]);
    if (settled.rowCount !== 1) return refused('changed_meanwhile');
    await requestCheck(tx, shopId, segmentId);
    return { ok: true };
  });
}

interface Theirs {
  theirName: string;
  theirQuery: string;
  writtenName: string | null;
}

const READ_THEIRS = `
  SELECT their_name AS "theirName", their_query AS "theirQuery", written_name AS "writtenName" FROM segment_pushes
   WHERE shop_id = $1 AND segment_id = $2 AND state = 'on' AND conflict = 'changed' AND their_query = $3`;

/** Only if nothing else was found there meanwhile; `$5` and `$6` are what the segment here would be written as. */
const TAKE_THEIRS = `
  UPDATE segment_pushes SET written_name = $3, written_query = $4, written_at = ledger_now(), sent_name = $5, sent_query = $6,
    is_confirmed = true, conflict = NULL, their_name = NULL, their_query = NULL
  WHERE shop_id = $1 AND segment_id = $2 AND conflict = 'changed' AND their_name = $3 AND their_query = $4`;

/**
 * Makes the name and the rule that Shopify's segment got there those of the segment here. What Shopify has stays as it
 * is. `version` is that of the segment that staff saw.
 */
export async function takeTheirs(
  shopId: bigint,
  { segmentId, version, query }: { segmentId: bigint; version: number; query: string },
  actor: string,
): Promise<Pushed> {
  const { rows } = await pool.query<Theirs>(READ_THEIRS, [shopId, segmentId, query]);
  const segment = await readSegment(shopId, segmentId);
  const [theirs] = rows;
  if (!theirs || segment === null) return refused('changed_meanwhile');
  const { theirName, theirQuery, writtenName } = theirs;
  const { rule } = readTheirRule(theirQuery, await requireCurrency(shopId));
  if (rule === null) return refused('invalid');
  // A number that Shopify gave the name is no change.
  const name = theirName === writtenName ? segment.name : theirName;
  const changed = await changeSegment(shopId, { segmentId, version, name, rule }, actor);
  if (!changed.ok) return refused(changed.code);
  await storeCount(shopId, segmentId);
  const sentQuery = (await writeShopifyQuery(shopId, rule)) ?? theirQuery;
  await pool.query(TAKE_THEIRS, [shopId, segmentId, theirName, theirQuery, name, sentQuery]);
  await requestCheck(pool, shopId, segmentId);
  return { ok: true };
}
