/** Reads the shop's own segments at Shopify for screens. */
import { pool } from '#app/db.server.ts';
import { SHOPIFY_SEGMENTS_MAX } from './limits.ts';

export interface ListedShopifySegment {
  shopifySegmentId: bigint;
  name: string;
  /** In Shopify's language. */
  query: string;
  /** Null until they were read. */
  members: number | null;
  /** As of when the members are. */
  readAt: Date | null;
  /** Whether the worker is reading the members, or will next. */
  isReading: boolean;
  /** The segment here that it was pushed from; null for none. */
  pushedFrom: string | null;
}

export interface ShopifySegmentsView {
  segments: ListedShopifySegment[];
  /** More than are shown. */
  isCut: boolean;
  /** When the list was last read; null before the first time. */
  listedAt: Date | null;
  isListing: boolean;
}

const LIST = `
  SELECT shopify_segment_id AS "shopifySegmentId", name, query, (SELECT g.name FROM segment_pushes k JOIN segments g USING (shop_id, segment_id)
      WHERE k.shop_id = $1 AND k.shopify_segment_id = shopify_segments.shopify_segment_id) AS "pushedFrom", CASE WHEN read_at IS NOT NULL THEN members END AS members,
    read_at AS "readAt", query_id IS NOT NULL OR (wanted_at IS NOT NULL AND read_at IS NULL) OR coalesce(requested_at > read_at, false) AS "isReading"
  FROM shopify_segments WHERE shop_id = $1 AND gone_at IS NULL
  ORDER BY lower(name), shopify_segment_id LIMIT ${SHOPIFY_SEGMENTS_MAX + 1}`;

const STATE = `
  SELECT listed_at AS "listedAt", listed_at IS NULL OR coalesce(requested_at > listed_at, false) AS "isListing"
  FROM shopify_segment_lists WHERE shop_id = $1`;

/** The segments by name, and how far the worker is. */
export async function readShopifySegmentsScreen(shopId: bigint): Promise<ShopifySegmentsView> {
  const [list, state] = await Promise.all([
    pool.query<ListedShopifySegment>(LIST, [shopId]),
    pool.query<{ listedAt: Date | null; isListing: boolean }>(STATE, [shopId]),
  ]);
  return {
    segments: list.rows.slice(0, SHOPIFY_SEGMENTS_MAX),
    isCut: list.rows.length > SHOPIFY_SEGMENTS_MAX,
    ...(state.rows[0] ?? { listedAt: null, isListing: true }),
  };
}
