-- Orders whose newest state is asked of Shopify: after an edit, whose webhook does not carry the order, and when the
-- merchant applies the rules now. Asked outside of transactions; one row an order is enough.
CREATE TABLE "order_refreshes" (
    "shop_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "rules_anew" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "asked_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "order_refreshes_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateIndex
CREATE INDEX "order_refreshes_next_attempt_at_idx" ON "order_refreshes"("next_attempt_at");

-- What Prisma's schema language cannot say.

-- Guests that wait to be claimed; empty in most shops, so that asking costs nothing.
CREATE INDEX orders_waiting ON orders (shop_id, received_at)
  WHERE customer_id IS NULL AND claimed_by IS NULL AND (email IS NOT NULL OR phone IS NOT NULL);
-- Paid orders that never earned: their rules were never fixed, or the merchant kept them back.
CREATE INDEX orders_unprocessed ON orders (shop_id, processed_at DESC, order_id DESC)
  WHERE (snapshot_id IS NULL OR facts->>'withheld' = 'trial') AND financial IN ('paid', 'partially_refunded')
    AND cancelled_at IS NULL AND NOT is_test;
-- An order is found by its number.
CREATE INDEX orders_name ON orders (shop_id, lower(name) text_pattern_ops);
