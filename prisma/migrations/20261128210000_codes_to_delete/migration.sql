-- The codes that the nightly task deletes at Shopify.
CREATE INDEX redemptions_codes_to_delete ON redemptions (shop_id, updated_at)
  WHERE state IN ('released', 'failed') AND discount_gid IS NOT NULL AND next_check_at IS NULL;
