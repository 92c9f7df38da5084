/** The records of two customers that the merchant merged at Shopify. */
import type { Transaction } from '#app/db.server.ts';

/** `deleted` becomes `kept`. */
export interface CustomerMerge {
  shopId: bigint;
  kept: bigint;
  deleted: bigint;
}

const ENSURE = `
  INSERT INTO customers (shop_id, customer_id) SELECT $1, id FROM unnest($2::bigint[]) AS id ORDER BY id ON CONFLICT DO NOTHING`;

const LOCK = `
  SELECT customer_id AS "customerId", merged_into AS "mergedInto" FROM customers
   WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) ORDER BY customer_id FOR UPDATE`;

/** Empty fields of the kept record are filled from the deleted one; the higher tier wins, with its terms. */
const JOIN = `
  UPDATE customers k SET
    member_since = least(k.member_since, d.member_since),
    member_via = CASE WHEN d.member_since < coalesce(k.member_since, 'infinity') THEN d.member_via ELSE k.member_via END,
    category_id = coalesce(k.category_id, d.category_id), is_trial = k.is_trial OR d.is_trial,
    birth_date = coalesce(k.birth_date, d.birth_date), wedding_date = coalesce(k.wedding_date, d.wedding_date),
    gender = coalesce(k.gender, d.gender), housing = coalesce(k.housing, d.housing),
    weight_grams = coalesce(k.weight_grams, d.weight_grams), height_mm = coalesce(k.height_mm, d.height_mm),
    interests = CASE WHEN k.interests = '{}' THEN d.interests ELSE k.interests END, social = d.social || k.social,
    note = coalesce(k.note, d.note),
    (person_discount_bp, person_discount_from, person_discount_until, person_discount_note) = (
      SELECT p.bp, p.from_day, p.until_day, p.note FROM (VALUES
        (1, k.person_discount_bp, k.person_discount_from, k.person_discount_until, k.person_discount_note),
        (2, d.person_discount_bp, d.person_discount_from, d.person_discount_until, d.person_discount_note))
        AS p (place, bp, from_day, until_day, note) ORDER BY p.bp IS NULL, p.place LIMIT 1),
    national_id_cipher = CASE WHEN k.national_id_hash IS NULL THEN d.national_id_cipher ELSE k.national_id_cipher END,
    national_id_hash = coalesce(k.national_id_hash, d.national_id_hash),
    tier_id = CASE WHEN t.is_higher THEN d.tier_id ELSE k.tier_id END,
    tier_kept_until = CASE WHEN t.is_higher THEN d.tier_kept_until ELSE k.tier_kept_until END,
    tier_is_fixed = CASE WHEN t.is_higher THEN d.tier_is_fixed ELSE k.tier_is_fixed END, updated_at = clock_timestamp()
  FROM customers d CROSS JOIN LATERAL (SELECT
    coalesce((SELECT position FROM tiers WHERE shop_id = $1 AND tier_id = d.tier_id), -1)
      > coalesce((SELECT position FROM tiers t JOIN customers c USING (shop_id, tier_id) WHERE c.shop_id = $1 AND c.customer_id = $2), -1)
    AS is_higher) t
  WHERE k.shop_id = $1 AND k.customer_id = $2 AND k.state = 'active' AND d.shop_id = $1 AND d.customer_id = $3
  RETURNING CASE WHEN t.is_higher THEN k.tier_id END AS "raisedTo"`;

/** Chains stay flat: customers merged into the deleted one before now point to the kept one. */
const MARK = `
  UPDATE customers SET merged_into = $2, updated_at = clock_timestamp(),
    state = CASE WHEN customer_id = $3 AND state = 'active' THEN 'deleted' ELSE state END
  WHERE shop_id = $1 AND (customer_id = $3 OR merged_into = $3)`;

export interface MergedRecords {
  /** Who owns everything now: the kept customer, or the one it was merged into before. */
  into: bigint;
  /** The deleted customer's tier, where it was higher. */
  raisedTo: bigint | null;
}

/**
 * Merges the records. Null when there is nothing to do: a customer merged with itself, or a merge that another has overtaken.
 * Idempotent.
 */
export async function mergeRecords(
  tx: Transaction,
  { shopId, kept, deleted }: CustomerMerge,
): Promise<MergedRecords | null> {
  const ids = [kept, deleted];
  await tx.query(ENSURE, [shopId, ids]);
  const { rows } = await tx.query<{ customerId: bigint; mergedInto: bigint | null }>(LOCK, [shopId, ids]);
  const mergedInto = new Map(rows.map((row) => [row.customerId, row.mergedInto]));
  const into = mergedInto.get(kept) ?? kept;
  const before = mergedInto.get(deleted) ?? null;
  if (into === deleted || (before !== null && before !== into)) return null;
  if (before !== null) return { into, raisedTo: null };
  const joined = await tx.query<{ raisedTo: bigint | null }>(JOIN, [shopId, into, deleted]);
  await tx.query(MARK, [shopId, into, deleted]);
  return { into, raisedTo: joined.rows[0]?.raisedTo ?? null };
}
