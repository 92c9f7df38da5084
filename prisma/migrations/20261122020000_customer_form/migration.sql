-- When somebody agreed to e-mails or took it back, and how we know; as for SMS.
ALTER TABLE customers ADD COLUMN email_consent_at TIMESTAMPTZ(6), ADD COLUMN email_consent_source TEXT,
  ADD CONSTRAINT customers_person_discount CHECK (person_discount_bp BETWEEN 1 AND 10000);

-- A discount of one's own (F19) is for some categories only: Reseller and Dropshipper from the start.
ALTER TABLE categories ADD COLUMN allows_person_discount BOOLEAN NOT NULL DEFAULT false;
UPDATE categories SET allows_person_discount = true WHERE key IN ('reseller', 'dropshipper');

CREATE OR REPLACE FUNCTION seed_club(shop bigint, spend_step bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO categories (shop_id, key, name, position, is_default, allows_person_discount)
  SELECT shop, key, name, position, key = 'customer', key IN ('reseller', 'dropshipper')
    FROM (VALUES ('leads', 'Leads', 1), ('customer', 'Customer', 2),
    ('reseller', 'Reseller', 3), ('dropshipper', 'Dropshipper', 4), ('agent', 'Agent', 5), ('distributor', 'Distributor', 6))
    AS c (key, name, position)
  ON CONFLICT DO NOTHING;
  INSERT INTO tiers (shop_id, name, position, threshold, multiplier_percent)
  SELECT shop, name, position, spend_step * steps, multiplier FROM (VALUES ('Retail', 1, 0, 100), ('Wholesale', 2, 10, 100),
    ('Silver', 3, 50, 110), ('Gold', 4, 200, 125), ('Platinum', 5, 500, 150)) AS t (name, position, steps, multiplier)
  WHERE NOT EXISTS (SELECT 1 FROM tiers WHERE shop_id = shop)
$$;

-- One form for a new customer makes one customer, however often it is sent.
CREATE TABLE customer_forms (
    shop_id BIGINT NOT NULL,
    form_key UUID NOT NULL,
    customer_id BIGINT,
    created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT customer_forms_pkey PRIMARY KEY (shop_id, form_key)
);
