-- `updated_at`: Shopify's, of the state that is known; null for one that was never read. `seen_at`: when all of it was
-- read from Shopify, or 1970 when it has changed there since. `asked_at`: when Shopify was last asked, in vain or not.
ALTER TABLE products ADD COLUMN updated_at TIMESTAMPTZ(6),
  ADD COLUMN asked_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  ADD CONSTRAINT products_printed_points CHECK (printed_points >= 0);
