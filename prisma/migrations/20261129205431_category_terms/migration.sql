-- What else a category says: prices at the till, the page for resellers, prices shown without the tax that they include.
ALTER TABLE categories
  ADD COLUMN applies_at_till BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN opens_reseller_page BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN tax_shown TEXT NOT NULL DEFAULT 'store',
  ADD CONSTRAINT categories_tax_shown CHECK (tax_shown IN ('store', 'without'));
UPDATE categories SET opens_reseller_page = true WHERE key IN ('reseller', 'dropshipper', 'agent', 'distributor');

-- The tax that the store's prices include, in hundredths of a percent; 0: none.
ALTER TABLE price_settings ADD COLUMN tax_bp INTEGER NOT NULL DEFAULT 0,
  ADD CONSTRAINT price_settings_tax CHECK (tax_bp BETWEEN 0 AND 10000);

CREATE OR REPLACE FUNCTION seed_club(shop bigint, spend_step bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO categories (shop_id, key, name, position, is_default, allows_person_discount, opens_reseller_page)
  SELECT shop, key, name, position, key = 'customer', key IN ('reseller', 'dropshipper'), key NOT IN ('leads', 'customer')
    FROM (VALUES ('leads', 'Leads', 1), ('customer', 'Customer', 2),
    ('reseller', 'Reseller', 3), ('dropshipper', 'Dropshipper', 4), ('agent', 'Agent', 5), ('distributor', 'Distributor', 6))
    AS c (key, name, position)
  ON CONFLICT DO NOTHING;
  INSERT INTO tiers (shop_id, name, position, threshold, multiplier_percent)
  SELECT shop, name, position, spend_step * steps, multiplier FROM (VALUES ('Retail', 1, 0, 100), ('Wholesale', 2, 10, 100),
    ('Silver', 3, 50, 110), ('Gold', 4, 200, 125), ('Platinum', 5, 500, 150)) AS t (name, position, steps, multiplier)
  WHERE NOT EXISTS (SELECT 1 FROM tiers WHERE shop_id = shop)
$$;
