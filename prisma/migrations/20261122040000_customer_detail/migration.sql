-- What whoever ordered wrote on the order (F55).
ALTER TABLE orders ADD COLUMN note TEXT;

-- Which fields of a customer's record are empty, a bit each (modules/crm/worklist/rules/completeness.ts). The
-- database keeps it, so that no writer can forget it. Adding it rewrites the table once, half a minute for a million customers.
ALTER TABLE customers ADD COLUMN missing_fields INTEGER NOT NULL GENERATED ALWAYS AS (
    (coalesce(first_name, '') = '' AND coalesce(last_name, '') = '')::int
  + (coalesce(phone, '') = '')::int * 2
  + (coalesce(email, '') = '')::int * 4
  + (birth_date IS NULL)::int * 8
  + (gender IS NULL)::int * 16
  + (coalesce(city, '') = '')::int * 32
  + (coalesce(street, '') = '')::int * 64
  + (coalesce(postal_code, '') = '')::int * 128
  + (coalesce(cardinality(interests), 0) = 0)::int * 256
  + (social = '{}')::int * 512
  + (national_id_cipher IS NULL)::int * 1024
  + (wedding_date IS NULL)::int * 2048
  + (housing IS NULL)::int * 4096
  + (weight_grams IS NULL)::int * 8192
  + (height_mm IS NULL)::int * 16384) STORED;

-- People lack things in few combinations: a list reads those it asks for, each in order, however many customers there are.
CREATE INDEX customers_incomplete ON customers (shop_id, missing_fields, customer_id)
  WHERE state = 'active' AND merged_into IS NULL AND left_at IS NULL;
