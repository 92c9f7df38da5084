/** The job: reads the shops' own segments at Shopify, and the members of those that rules need, each day and on demand. */
import { pool } from '#app/db.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { storeShopifySegments } from './list-segments.server.ts';
import { readMembers, type SegmentToRead } from './read-members.server.ts';

/** Less than a day, so that each day has its reading though the worker is late. */
const FRESH = '23 hours';
/** Members that no rule needed for so long are read no more. */
const WANTED = '30 days';

const LISTS = `
  SELECT s.shop_id AS "shopId", s.domain FROM shops s LEFT JOIN shopify_segment_lists l USING (shop_id)
   WHERE ${IS_INSTALLED_SQL} AND (l.listed_at IS NULL OR l.requested_at > l.listed_at OR l.listed_at < ledger_now() - interval '${FRESH}')
   ORDER BY 1`;

const MEMBERS = `
  SELECT g.shop_id AS "shopId", s.domain, g.shopify_segment_id AS "shopifySegmentId" FROM shopify_segments g JOIN shops s USING (shop_id)
   WHERE ${IS_INSTALLED_SQL} AND g.gone_at IS NULL AND g.wanted_at > ledger_now() - interval '${WANTED}'
     AND (g.query_id IS NOT NULL OR g.read_at IS NULL OR g.requested_at > g.read_at OR g.read_at < ledger_now() - interval '${FRESH}')
   ORDER BY 1, 3`;

/** Reads what is due. Returns how many segments and members. */
export async function readShopifySegments(signal?: AbortSignal): Promise<number> {
  const { rows: lists } = await pool.query<{ shopId: bigint; domain: string }>(LISTS);
  const { rows: segments } = await pool.query<SegmentToRead>(MEMBERS);
  const due = [
    ...lists.map((shop) => ({ shopId: shop.shopId, part: 'list', take: () => storeShopifySegments(shop) })),
    ...segments.map((segment) => ({
      shopId: segment.shopId,
      part: `members/${segment.shopifySegmentId}`,
      take: () => readMembers(segment, signal),
    })),
  ];
  return forEachShop('read-shopify-segments', due, ({ take }) => take(), { signal });
}
