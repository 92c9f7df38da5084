-- The currency that stored figures of orders and customers are in; the worker counts again where the shop's is another.
ALTER TABLE "shops" ADD COLUMN     "figures_currency" TEXT;
UPDATE shops SET figures_currency = currency;

-- Amounts of another currency than the shop's must not be taken for its own: whatever has one is switched off until the
-- merchant has looked at it.
CREATE FUNCTION switch_off_amounts(shop bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE programs SET status = 'paused', updated_at = clock_timestamp()
   WHERE shop_id = shop AND status = 'active' AND (kind = 'spend' OR unit = 'CREDIT');
  UPDATE rewards SET status = 'paused', updated_at = clock_timestamp()
   WHERE shop_id = shop AND status = 'active' AND (amount_minor IS NOT NULL OR minimum_cart_minor > 0 OR unit = 'CREDIT');
  UPDATE gift_settings SET is_active = false, updated_at = clock_timestamp() WHERE shop_id = shop AND is_active AND unit = 'CREDIT';
  UPDATE club_settings SET redemption_enabled = false, payout_active = false, offers_active = false, join_at_spend_minor = NULL,
    tiers_active = tiers_active AND tier_measure <> 'spend', updated_at = clock_timestamp() WHERE shop_id = shop;
$$;
