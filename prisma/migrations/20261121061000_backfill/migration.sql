-- What the dry run found for each order of a backfill.
ALTER TABLE "backfill_orders" ADD COLUMN     "because" TEXT,
ADD COLUMN     "credit" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "customer_id" BIGINT,
ADD COLUMN     "expired_credit" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "expired_points" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "points" BIGINT NOT NULL DEFAULT 0;

-- What Prisma's schema language cannot say.

ALTER TABLE backfills ADD CONSTRAINT backfills_state CHECK (state IN ('collecting', 'counting', 'ready', 'running', 'paused',
  'done', 'undoing', 'undone', 'cancelled', 'failed'));
ALTER TABLE backfill_orders ADD CONSTRAINT backfill_orders_state CHECK (state IN ('staged', 'counted'));
-- One at a time in a shop; what is done or over does not count.
CREATE UNIQUE INDEX backfills_active ON backfills (shop_id)
  WHERE state IN ('collecting', 'counting', 'ready', 'running', 'paused', 'undoing');
-- What the worker looks for.
CREATE INDEX backfills_due ON backfills (shop_id, backfill_id) WHERE state IN ('collecting', 'counting', 'running', 'undoing');
