-- Shopify's updated_at has whole seconds: of two states of one second the later triggered one is the newer.
ALTER TABLE "customers" ADD COLUMN "triggered_at" TIMESTAMPTZ(6);
