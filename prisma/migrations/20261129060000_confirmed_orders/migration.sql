-- When an order's state was stored, and when Shopify was last asked and had the same.
ALTER TABLE "orders" ADD COLUMN "stored_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  ADD COLUMN "confirmed_at" TIMESTAMPTZ(6);

-- Refunds that were stored without the money that moved are read again, as far back as every app may read orders.
INSERT INTO "order_refreshes" ("shop_id", "order_id")
SELECT DISTINCT o."shop_id", o."order_id" FROM "orders" o JOIN "order_refunds" r USING ("shop_id", "order_id")
 WHERE NOT r."state" ? 'moved' AND NOT o."is_history" AND o."processed_at" > clock_timestamp() - interval '60 days'
ON CONFLICT DO NOTHING;
