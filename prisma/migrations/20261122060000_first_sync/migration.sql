-- The first sync: everything that a shop has is read once by bulk operations.
ALTER TABLE sync_runs
  -- How often the kind was begun.
  ADD COLUMN run INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN updated_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
  ADD COLUMN dismissed_at TIMESTAMPTZ(6),
  ADD CONSTRAINT sync_runs_kind CHECK (kind IN ('customers', 'products', 'orders')),
  ADD CONSTRAINT sync_runs_state CHECK (state IN ('waiting', 'running', 'reading', 'storing', 'done', 'failed'));

CREATE INDEX sync_runs_working ON sync_runs (shop_id) WHERE state NOT IN ('done', 'failed');

-- Lines of orders as the file told them, until their order was stored; `position` is the byte where their batch ended.
CREATE TABLE sync_lines (
  shop_id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  position BIGINT NOT NULL,
  piece JSONB NOT NULL,
  PRIMARY KEY (shop_id, order_id, position)
);

-- Until which moment customers who changed at Shopify have been looked at.
ALTER TABLE shops ADD COLUMN customers_reconciled_until TIMESTAMPTZ(6);

-- Read by the sync, and no event has told of it since: it earns nothing by itself.
ALTER TABLE orders ADD COLUMN is_history BOOLEAN NOT NULL DEFAULT false;

-- Past orders are the backfill's: the list of orders that wait for "apply now" holds none of them.
DROP INDEX orders_unprocessed;
CREATE INDEX orders_unprocessed ON orders (shop_id, processed_at DESC, order_id DESC)
  WHERE (snapshot_id IS NULL OR facts->>'withheld' = 'trial') AND financial IN ('paid', 'partially_refunded')
    AND cancelled_at IS NULL AND NOT is_test AND NOT is_history;

-- False: known by title and tags only; collections and printed points are read before rules ask for them.
ALTER TABLE products ADD COLUMN is_read BOOLEAN NOT NULL DEFAULT true;
