import type { Queryable } from '#app/db.server.ts';
import type { Missing, Reference } from './conditions/condition.ts';
import { referencesOf } from './tree/evaluate.ts';
import type { SegmentNode } from './tree/tree.ts';

/**
 * What of a kind is there. A segment at Shopify counts when its members were read. A product that was never sold nor changed
 * is not stored: only a deleted one is known to be gone. So are collections, whose titles are read when a rule that names
 * them is shown.
 */
const GONE = `
  SELECT r.kind AS "to", r.id, r.kind = 'shopify_segment' AND EXISTS (SELECT 1 FROM shopify_segments g
      WHERE g.shop_id = $1 AND g.shopify_segment_id = r.id::bigint AND g.gone_at IS NULL) AS "isUnread"
  FROM unnest($2::text[], $3::text[]) AS r (kind, id)
  WHERE CASE WHEN r.kind = 'product' THEN EXISTS (SELECT 1 FROM products p
        WHERE p.shop_id = $1 AND p.product_id = r.id::bigint AND p.status = 'deleted')
      WHEN r.kind = 'collection' THEN EXISTS (SELECT 1 FROM collections l
        WHERE l.shop_id = $1 AND l.collection_id = r.id::bigint AND l.is_gone)
      WHEN r.kind = 'tag' THEN NOT EXISTS (SELECT 1 FROM tags t WHERE t.shop_id = $1 AND t.tag_key = r.id)
      WHEN r.kind = 'category' THEN NOT EXISTS (SELECT 1 FROM categories c WHERE c.shop_id = $1 AND c.category_id = r.id::bigint)
      WHEN r.kind = 'tier' THEN NOT EXISTS (SELECT 1 FROM tiers t
        WHERE t.shop_id = $1 AND t.tier_id = r.id::bigint AND t.removed_at IS NULL)
      WHEN r.kind = 'reward' THEN NOT EXISTS (SELECT 1 FROM rewards w WHERE w.shop_id = $1 AND w.reward_id = r.id::bigint)
      WHEN r.kind = 'offer' THEN NOT EXISTS (SELECT 1 FROM offers o WHERE o.shop_id = $1 AND o.offer_id = r.id::bigint)
      WHEN r.kind = 'shopify_segment' THEN NOT EXISTS (SELECT 1 FROM shopify_segments g
        WHERE g.shop_id = $1 AND g.shopify_segment_id = r.id::bigint AND g.gone_at IS NULL AND g.read_at IS NOT NULL)
      WHEN r.kind = 'snapshot' THEN NOT EXISTS (SELECT 1 FROM segment_snapshots n WHERE n.shop_id = $1 AND n.snapshot_id = r.id::bigint)
      WHEN r.kind = 'campaign' THEN NOT EXISTS (SELECT 1 FROM campaigns m WHERE m.shop_id = $1 AND m.campaign_id = r.id::bigint)
      ELSE false END`;

/** What a rule names and what is gone: with one of these the rule can't be computed, and must mean no one. */
export async function findMissing(db: Queryable, shopId: bigint, rule: SegmentNode): Promise<Missing[]> {
  const references = referencesOf(rule);
  if (references.length === 0) return [];
  const { rows } = await db.query<Reference & { isUnread: boolean }>(GONE, [
    shopId,
    references.map(({ to }) => to),
    references.map(({ id }) => id),
  ]);
  return rows.map(({ to, id, isUnread }) => ({ to, id, ...(isUnread ? { isUnread } : {}) }));
}
