/** The shop's own segments at Shopify: which there are. */
import { pool, withTransaction, type Queryable } from '#app/db.server.ts';
import { listShopifySegments } from '#app/integrations/shopify/segments.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { referencesOf } from '../tree/evaluate.ts';
import { readTree } from '../tree/tree.ts';
import { FORGET_SEGMENT } from './forget-segment.ts';

const LISTED = `
  INSERT INTO shopify_segment_lists (shop_id, listed_at) VALUES ($1, ledger_now())
  ON CONFLICT (shop_id) DO UPDATE SET listed_at = excluded.listed_at`;

const ROWS = `jsonb_to_recordset($2) AS n (id bigint, name text, query text, edited_at timestamptz)`;

/** Another query means other customers. */
const REQUEST_CHANGED = `
  UPDATE shopify_segments g SET requested_at = ledger_now() FROM ${ROWS}
  WHERE g.shop_id = $1 AND g.shopify_segment_id = n.id AND g.query <> n.query AND g.wanted_at IS NOT NULL`;

const STORE = `
  INSERT INTO shopify_segments (shop_id, shopify_segment_id, name, query, edited_at)
  SELECT $1, n.id, n.name, n.query, n.edited_at FROM ${ROWS}
  ORDER BY 2
  ON CONFLICT (shop_id, shopify_segment_id) DO UPDATE SET name = excluded.name, query = excluded.query, edited_at = excluded.edited_at, gone_at = NULL`;

const MISSING = `
  SELECT shopify_segment_id AS id FROM shopify_segments WHERE shop_id = $1 AND gone_at IS NULL AND shopify_segment_id <> ALL($2::bigint[])`;

/** Reads the list, and notes which segments stored rules need the members of. Returns how many there are. Throws UpstreamError. */
export async function storeShopifySegments(shop: { shopId: bigint; domain: string }): Promise<number> {
  const { shopId, domain } = shop;
  const segments = await listShopifySegments(domain);
  const ids = bigintArray(segments.map(({ shopifySegmentId }) => shopifySegmentId));
  const rows = segments.map(({ shopifySegmentId, name, query, editedAt }) => ({
    id: shopifySegmentId.toString(),
    name,
    query,
    edited_at: editedAt,
  }));
  await withTransaction(async (tx) => {
    for (const sql of [REQUEST_CHANGED, STORE]) await tx.query(sql, [shopId, JSON.stringify(rows)]);
    const { rows: gone } = await tx.query<{ id: bigint }>(MISSING, [shopId, ids]);
    for (const { id } of gone) for (const sql of FORGET_SEGMENT) await tx.query(sql, [shopId, id]);
    await wantMembers(tx, shopId, await listNamed(tx, shopId));
    await tx.query(LISTED, [shopId]);
  });
  return segments.length;
}

/** The segments at Shopify that stored rules name. */
async function listNamed(db: Queryable, shopId: bigint): Promise<bigint[]> {
  const { rows } = await db.query<{ rule: unknown }>('SELECT rule FROM segments WHERE shop_id = $1', [
    shopId,
  ]);
  return rows.flatMap(({ rule }) => {
    const read = readTree(rule);
    const references = read.ok ? referencesOf(read.tree) : [];
    return references.flatMap(({ to, id }) => (to === 'shopify_segment' ? [BigInt(id)] : []));
  });
}

const WANT = `
  UPDATE shopify_segments SET wanted_at = ledger_now() WHERE shop_id = $1 AND shopify_segment_id = ANY($2::bigint[])
    AND (wanted_at IS NULL OR wanted_at < ledger_now() - interval '1 day') RETURNING 1`;

/** Notes that rules need the members of these segments: the worker reads them now and each day, as long as one does. */
export async function wantMembers(db: Queryable, shopId: bigint, ids: readonly bigint[]): Promise<void> {
  if (ids.length === 0) return;
  const { rowCount } = await db.query(WANT, [shopId, bigintArray(ids)]);
  if (rowCount !== 0) await wakeTask(db, 'read-shopify-segments');
}

const REQUEST_LIST = `
  INSERT INTO shopify_segment_lists (shop_id, requested_at) VALUES ($1, ledger_now())
  ON CONFLICT (shop_id) DO UPDATE SET requested_at = excluded.requested_at`;

/** Has the worker read the list. */
export async function requestShopifySegments(shopId: bigint): Promise<void> {
  await pool.query(REQUEST_LIST, [shopId]);
  await wakeTask(pool, 'read-shopify-segments');
}

const REQUEST_MEMBERS = `
  UPDATE shopify_segments SET requested_at = ledger_now(), wanted_at = ledger_now()
  WHERE shop_id = $1 AND shopify_segment_id = $2 AND gone_at IS NULL RETURNING 1`;

/** Has the worker read the members of a segment, and keep them read. False for one that is gone. */
export async function requestMembers(shopId: bigint, shopifySegmentId: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(REQUEST_MEMBERS, [shopId, shopifySegmentId]);
  await wakeTask(pool, 'read-shopify-segments');
  return rowCount === 1;
}
