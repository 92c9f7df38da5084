/** What staff can choose of in conditions, and what chosen values are called. */
import { pool } from '#app/db.server.ts';
import { likePattern } from '#app/lib/like-pattern.ts';
import type { Choices } from './conditions/kind.ts';

/** A value of a condition, with its name where the shop gave it one. */
export interface Choice {
  value: string;
  label: string;
}

export type ChoiceSource = Exclude<Choices['from'], 'list' | 'text'>;

export const CHOICES_MAX = 100;

/** Rows of `customer_stats` or `customers` that are looked at for values without a table of their own. */
const LOOKED_AT_MAX = 50_000;

/** A key of a place with the name at one of its customers. */
const place = (key: string, name: string) =>
  `SELECT key AS value, min(name) AS label FROM (SELECT s.${key} AS key, c.${name} AS name FROM customer_stats s
     JOIN customers c ON c.shop_id = $1 AND c.customer_id = s.customer_id
     WHERE s.shop_id = $1 AND s.standing = 'active' AND s.${key} IS NOT NULL LIMIT ${LOOKED_AT_MAX}) p GROUP BY 1`;

const SOURCES: Record<ChoiceSource, string> = {
  category: `SELECT category_id::text AS value, name AS label FROM categories WHERE shop_id = $1`,
  tier: `SELECT tier_id::text AS value, name AS label FROM tiers WHERE shop_id = $1 AND removed_at IS NULL`,
  tag: `SELECT tag_key AS value, name AS label FROM tags WHERE shop_id = $1`,
  reward: `SELECT reward_id::text AS value, name AS label FROM rewards WHERE shop_id = $1`,
  offer: `SELECT offer_id::text AS value, name AS label FROM offers WHERE shop_id = $1`,
  country: place('country_code', 'country_code'),
  province: place('province_key', 'province'),
  city: place('city_key', 'city'),
  district: place('district_key', 'district'),
  channel: `SELECT DISTINCT v.value, v.value AS label FROM (SELECT s.channels FROM customer_stats s
    WHERE s.shop_id = $1 AND s.standing = 'active' AND s.channels <> '{}' LIMIT ${LOOKED_AT_MAX}) s CROSS JOIN unnest(s.channels) AS v (value)`,
  interest: `SELECT DISTINCT v.value, v.value AS label FROM (SELECT c.interests FROM customers c
    WHERE c.shop_id = $1 AND c.state = 'active' AND c.interests <> '{}' LIMIT ${LOOKED_AT_MAX}) c CROSS JOIN unnest(c.interests) AS v (value)`,
  shopify_segment: `SELECT shopify_segment_id::text AS value, name AS label FROM shopify_segments WHERE shop_id = $1 AND gone_at IS NULL`,
  snapshot: `SELECT snapshot_id::text AS value, name AS label FROM segment_snapshots WHERE shop_id = $1`,
  campaign: `SELECT campaign_id::text AS value, name AS label FROM campaigns WHERE shop_id = $1 AND started_at IS NOT NULL`,
};

/** Where names are found; also of what can no longer be chosen. */
const NAMED: Record<ChoiceSource, string> = {
  ...SOURCES,
  shopify_segment: `SELECT shopify_segment_id::text AS value, name AS label FROM shopify_segments WHERE shop_id = $1`,
};

export const CHOICE_SOURCES: readonly ChoiceSource[] = [
  'category',
  'tier',
  'tag',
  'reward',
  'offer',
  'country',
  'province',
  'city',
  'district',
  'channel',
  'interest',
  'shopify_segment',
  'snapshot',
  'campaign',
];

/** Values of a source whose names contain what was typed, by name; all for an empty text, 100 at most. */
export async function listChoices(shopId: bigint, from: ChoiceSource, typed: string): Promise<Choice[]> {
  const { rows } = await pool.query<Choice>(
    `SELECT value, coalesce(label, value) AS label FROM (${SOURCES[from]}) x
     WHERE fold_text(coalesce(label, value)) LIKE fold_text($2) ORDER BY coalesce(label, value) COLLATE "und-x-icu", value LIMIT ${CHOICES_MAX}`,
    [shopId, likePattern(typed)],
  );
  return rows;
}

/** Names of chosen values, in their order; a value that is gone is called by itself. */
export async function nameChoices(
  shopId: bigint,
  from: ChoiceSource,
  values: readonly string[],
): Promise<Choice[]> {
  const { rows } = await pool.query<Choice>(
    `SELECT k.value, coalesce(x.label, k.value) AS label FROM unnest($2::text[]) WITH ORDINALITY AS k (value, place)
       LEFT JOIN (${NAMED[from]}) x ON x.value = k.value ORDER BY k.place`,
    [shopId, values],
  );
  return rows;
}

/** Titles of products; of those that are not stored, the id. */
export async function nameProducts(shopId: bigint, productIds: readonly string[]): Promise<Choice[]> {
  const { rows } = await pool.query<Choice>(
    `SELECT k.id AS value, coalesce(nullif(p.title, ''), k.id) AS label
     FROM unnest($2::text[]) WITH ORDINALITY AS k (id, place)
       LEFT JOIN products p ON p.shop_id = $1 AND p.product_id = k.id::bigint ORDER BY k.place`,
    [shopId, productIds],
  );
  return rows;
}
