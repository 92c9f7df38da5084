/** What collections are called, read from Shopify and stored: rules name them by id. */
import { pool } from '#app/db.server.ts';
import { readCollectionTitles } from '#app/integrations/shopify/catalog.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { unlessUnavailable } from './unless-unavailable.server.ts';

/** Titles change seldom, and no webhook is subscribed to for them. */
const FRESH_HOURS = 24;
/** Shopify's limit for one `nodes`. */
const COLLECTIONS_A_QUERY = 250;

const FIND = `
  SELECT k.id AS "collectionId", c.title, coalesce(c.read_at > clock_timestamp() - interval '${FRESH_HOURS} hours', false) AS "isFresh"
  FROM unnest($2::bigint[]) AS k (id) LEFT JOIN collections c ON c.shop_id = $1 AND c.collection_id = k.id`;

/** A collection that is gone keeps its title, so that a rule that names it can still be read. */
const STORE = `
  INSERT INTO collections AS c (shop_id, collection_id, title, is_gone)
  SELECT $1, n.id, coalesce(n.title, ''), n.title IS NULL FROM unnest($2::bigint[], $3::text[]) AS n (id, title) ORDER BY 2
  ON CONFLICT (shop_id, collection_id) DO UPDATE SET is_gone = excluded.is_gone, read_at = clock_timestamp(),
    title = CASE WHEN excluded.is_gone THEN c.title ELSE excluded.title END`;

interface Found {
  collectionId: bigint;
  title: string | null;
  isFresh: boolean;
}

/**
 * Titles of collections, in their order; null for one that is not known. Shopify is asked for those that were not read
 * for a day; while it doesn't answer, what is stored counts.
 */
export async function nameCollections(
  shopId: bigint,
  collectionIds: readonly bigint[],
): Promise<{ collectionId: bigint; title: string | null }[]> {
  const ids = collectionIds.slice(0, COLLECTIONS_A_QUERY);
  const { rows } = await pool.query<Found>(FIND, [shopId, bigintArray(ids)]);
  const stale = rows.filter(({ isFresh }) => !isFresh).map(({ collectionId }) => collectionId);
  const read = stale.length === 0 ? null : await readTitles(shopId, stale);
  const titles = new Map(rows.map(({ collectionId, title }) => [collectionId, title]));
  for (const [id, title] of read ?? []) titles.set(id, title ?? titles.get(id) ?? null);
  return collectionIds.map((collectionId) => ({ collectionId, title: titles.get(collectionId) || null }));
}

async function readTitles(
  shopId: bigint,
  ids: readonly bigint[],
): Promise<Map<bigint, string | null> | null> {
  const { rows } = await pool.query<{ domain: string }>('SELECT domain FROM shops WHERE shop_id = $1', [
    shopId,
  ]);
  const domain = rows[0]?.domain;
  if (domain === undefined) return null;
  const read = await unlessUnavailable(domain, () => readCollectionTitles(domain, ids));
  if (!(read instanceof Map)) return null;
  await pool.query(STORE, [shopId, bigintArray([...read.keys()]), [...read.values()]]);
  return read;
}
