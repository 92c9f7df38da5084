/** The job: compares pushed segments with those at Shopify, and writes there what changed here. */
import { pool } from '#app/db.server.ts';
import {
  deleteShopifySegment,
  findShopifySegment,
  listNewestSegments,
  type ShopifySegment,
} from '#app/integrations/shopify/segments.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { storeOutcome, type PushRow } from './push-rows.server.ts';
import { readWantedContent } from './wanted-content.server.ts';
import { writeContent } from './write-content.server.ts';

/** How often Shopify's segments are looked at when nothing asks for it: it doesn't tell of their changes. */
const CHECKED_EVERY = '10 minutes';
/** After so long another worker may go on with what one has begun. */
const LEASE = '2 minutes';
/** Shopify's clock and ours may differ so much. */
const CLOCK_SLACK_MS = 5 * 60_000;

interface DuePush {
  shopId: bigint;
  segmentId: bigint;
}

const IS_FREE = '(k.leased_until IS NULL OR k.leased_until < ledger_now())';

const DUE = `
  SELECT k.shop_id AS "shopId", k.segment_id AS "segmentId" FROM segment_pushes k JOIN shops USING (shop_id)
    LEFT JOIN segments g ON g.shop_id = k.shop_id AND g.segment_id = k.segment_id
   WHERE ${IS_INSTALLED_SQL} AND ${IS_FREE} AND (k.checked_at IS NULL OR k.state = 'ending' OR k.requested_at > k.checked_at
     OR k.version IS DISTINCT FROM g.version OR k.checked_at < ledger_now() - interval '${CHECKED_EVERY}')
   ORDER BY 1, 2`;

/** Brings what is due in step. Returns how many segments were compared. */
export async function pushSegments(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<DuePush>(DUE);
  const due = rows.map((push) => ({ ...push, part: String(push.segmentId) }));
  return forEachShop('push-segments', due, checkLeased, { signal });
}

const LEASE_ROW = `
  UPDATE segment_pushes k SET leased_until = ledger_now() + interval '${LEASE}' FROM shops s
   WHERE s.shop_id = $1 AND k.shop_id = $1 AND k.segment_id = $2 AND ${IS_FREE}
  RETURNING k.shop_id AS "shopId", k.segment_id AS "segmentId", s.domain, k.shopify_segment_id AS "shopifySegmentId",
    k.state, k.requested_at::text AS "requestedAt", k.creating_since AS "creatingSince", k.sent_name AS "sentName",
    k.sent_query AS "sentQuery", k.is_confirmed AS "isConfirmed", k.written_name AS "writtenName", k.written_query AS "writtenQuery",
    k.trouble, k.refusal, coalesce(k.requested_at > k.checked_at, false) AS "isAsked", ledger_now()::text AS "startedAt"`;

const RELEASE = `
  UPDATE segment_pushes SET leased_until = NULL WHERE shop_id = $1 AND segment_id = $2
  RETURNING requested_at IS NOT NULL AND (checked_at IS NULL OR requested_at > checked_at) AS "isAsked"`;

async function checkLeased({ shopId, segmentId }: DuePush): Promise<number> {
  const key = [shopId, segmentId];
  const { rows } = await pool.query<PushRow>(LEASE_ROW, key);
  const [push] = rows;
  if (!push) return 0;
  try {
    await check(push);
  } catch (error) {
    await pool.query(RELEASE, key);
    throw error;
  }
  const { rows: released } = await pool.query<{ isAsked: boolean }>(RELEASE, key);
  // The worker that was woken by that request found it leased.
  if (released[0]?.isAsked) await wakeTask(pool, 'push-segments');
  return 1;
}

const SEGMENT = 'SELECT name, rule AS stored, version FROM segments WHERE shop_id = $1 AND segment_id = $2';

async function check(push: PushRow): Promise<void> {
  const { shopId, segmentId } = push;
  const there = await findThere(push);
  if (push.state === 'ending') return deleteThere(push, there);
  const { rows } = await pool.query<{ name: string; stored: unknown; version: number }>(SEGMENT, [
    shopId,
    segmentId,
  ]);
  const [segment] = rows;
  if (!segment) return forget(push);
  const { version } = segment;
  const conflict = findConflict(push, there);
  if (conflict !== null)
    return storeOutcome(push, { version, conflict, there: conflict === 'gone' ? null : there });
  const wanted = await readWantedContent(shopId, segment);
  if (!wanted.ok) return storeOutcome(push, { version, there, trouble: wanted.trouble });
  return writeContent(push, { version, there, content: wanted.content });
}

/** Deletes it there, and then the push. */
async function deleteThere(push: PushRow, there: ShopifySegment | null): Promise<void> {
  if (there !== null) {
    const deleted = await deleteShopifySegment(push.domain, there.shopifySegmentId);
    if (deleted.outcome === 'refused')
      throw new Error(`Shopify refuses to delete a segment: ${deleted.message}`);
  }
  await forget(push);
}

async function forget({ shopId, segmentId }: PushRow): Promise<void> {
  await pool.query('DELETE FROM segment_pushes WHERE shop_id = $1 AND segment_id = $2', [shopId, segmentId]);
}

/** The segment at Shopify; also one that was created without that its answer arrived. */
async function findThere(push: PushRow): Promise<ShopifySegment | null> {
  if (push.shopifySegmentId !== null) return findShopifySegment(push.domain, push.shopifySegmentId);
  return push.creatingSince === null ? null : findCreated(push, push.creatingSince);
}

const PUSHED = `
  SELECT shopify_segment_id AS id FROM segment_pushes WHERE shop_id = $1 AND shopify_segment_id = ANY($2::bigint[])`;

async function findCreated(push: PushRow, creatingSince: Date): Promise<ShopifySegment | null> {
  const { sentName, sentQuery } = push;
  const earliest = creatingSince.getTime() - CLOCK_SLACK_MS;
  const listed = await listNewestSegments(push.domain);
  const alike = listed.filter(
    ({ name, query, editedAt }) =>
      query === sentQuery && isSameName(name, sentName ?? '') && editedAt.getTime() >= earliest,
  );
  const { rows } = await pool.query<{ id: bigint }>(PUSHED, [
    push.shopId,
    bigintArray(alike.map(({ shopifySegmentId }) => shopifySegmentId)),
  ]);
  return alike.find(({ shopifySegmentId }) => !rows.some(({ id }) => id === shopifySegmentId)) ?? null;
}

/** Shopify gives a name that another segment has a number. */
const isSameName = (name: string, sent: string) => name === sent || name.startsWith(`${sent} (`);

function findConflict(push: PushRow, there: ShopifySegment | null): 'changed' | 'gone' | null {
  if (push.shopifySegmentId === null) return null;
  if (there === null) return 'gone';
  if (there.name === push.writtenName && there.query === push.writtenQuery) return null;
  // Our own writing, whose answer didn't arrive.
  const isOurs =
    !push.isConfirmed && there.query === push.sentQuery && isSameName(there.name, push.sentName ?? '');
  return isOurs ? null : 'changed';
}
