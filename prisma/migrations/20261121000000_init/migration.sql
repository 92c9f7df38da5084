
-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMPTZ(6),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMPTZ(6),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shops" (
    "shop_id" BIGSERIAL NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT,
    "currency" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "country" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "installed_at" TIMESTAMPTZ(6),
    "uninstalled_at" TIMESTAMPTZ(6),
    "scopes" TEXT,
    "reconciled_until" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "shops_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "club_settings" (
    "shop_id" BIGINT NOT NULL,
    "club_title" TEXT NOT NULL DEFAULT '',
    "starts_on" DATE,
    "redemption_enabled" BOOLEAN NOT NULL DEFAULT true,
    "redemption_rate_units" BIGINT NOT NULL DEFAULT 1,
    "redemption_rate_minor" BIGINT NOT NULL DEFAULT 10000,
    "redemption_minimum_units" BIGINT NOT NULL DEFAULT 1,
    "redemption_ttl_minutes" INTEGER NOT NULL DEFAULT 120,
    "combines_with_order" BOOLEAN NOT NULL DEFAULT false,
    "combines_with_product" BOOLEAN NOT NULL DEFAULT true,
    "combines_with_shipping" BOOLEAN NOT NULL DEFAULT true,
    "refund_shortfall" TEXT NOT NULL DEFAULT 'debt',
    "refund_takes_from_all_lots" BOOLEAN NOT NULL DEFAULT true,
    "restore_minimum_days" INTEGER NOT NULL DEFAULT 7,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "club_settings_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "customers" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "locale" TEXT,
    "state" TEXT NOT NULL DEFAULT 'active',
    "shopify_updated_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "customers_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "webhook_events" (
    "shop_id" BIGINT NOT NULL,
    "inbox_id" BIGSERIAL NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "event_id" TEXT,
    "topic" TEXT NOT NULL,
    "api_version" TEXT,
    "triggered_at" TIMESTAMPTZ(6),
    "headers" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "last_error" TEXT,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "processed_at" TIMESTAMPTZ(6),

    CONSTRAINT "webhook_events_pkey" PRIMARY KEY ("shop_id","inbox_id")
);

-- CreateTable
CREATE TABLE "orders" (
    "shop_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "customer_id" BIGINT,
    "name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "processed_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,
    "triggered_at" TIMESTAMPTZ(6) NOT NULL,
    "financial" TEXT NOT NULL,
    "cancelled_at" TIMESTAMPTZ(6),
    "is_test" BOOLEAN NOT NULL DEFAULT false,
    "currency" TEXT NOT NULL,
    "total_minor" BIGINT NOT NULL DEFAULT 0,
    "state" JSONB NOT NULL,
    "eligible_at" TIMESTAMPTZ(6),
    "snapshot_id" BIGINT,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "orders_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "order_refunds" (
    "shop_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "refund_id" BIGINT NOT NULL,
    "refunded_at" TIMESTAMPTZ(6) NOT NULL,
    "state" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "order_refunds_pkey" PRIMARY KEY ("shop_id","order_id","refund_id")
);

-- CreateTable
CREATE TABLE "programs" (
    "shop_id" BIGINT NOT NULL,
    "program_id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "version" INTEGER NOT NULL DEFAULT 1,
    "rule" JSONB NOT NULL,
    "starts_at" TIMESTAMPTZ(6),
    "ends_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "programs_pkey" PRIMARY KEY ("shop_id","program_id")
);

-- CreateTable
CREATE TABLE "rule_snapshots" (
    "shop_id" BIGINT NOT NULL,
    "snapshot_id" BIGSERIAL NOT NULL,
    "hash" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "rule_snapshots_pkey" PRIMARY KEY ("shop_id","snapshot_id")
);

-- CreateTable
CREATE TABLE "ledger_accounts" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "unit" TEXT NOT NULL,
    "balance" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,
    "debt" BIGINT NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ledger_accounts_pkey" PRIMARY KEY ("shop_id","customer_id","unit")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "shop_id" BIGINT NOT NULL,
    "entry_id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "unit" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT,
    "source" TEXT NOT NULL,
    "order_id" BIGINT,
    "refund_id" BIGINT,
    "redemption_id" UUID,
    "rule" TEXT,
    "snapshot_id" BIGINT,
    "actor" TEXT NOT NULL,
    "note" TEXT,
    "idempotency_key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "balance_after" BIGINT NOT NULL,
    "effective_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("shop_id","entry_id")
);

-- CreateTable
CREATE TABLE "ledger_lots" (
    "shop_id" BIGINT NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "unit" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "remaining" BIGINT NOT NULL,
    "valid_from" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6),
    "order_id" BIGINT,

    CONSTRAINT "ledger_lots_pkey" PRIMARY KEY ("shop_id","entry_id")
);

-- CreateTable
CREATE TABLE "ledger_consumptions" (
    "shop_id" BIGINT NOT NULL,
    "spend_entry" BIGINT NOT NULL,
    "lot_entry" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,
    "restored" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_consumptions_pkey" PRIMARY KEY ("shop_id","spend_entry","lot_entry")
);

-- CreateTable
CREATE TABLE "ledger_debts" (
    "shop_id" BIGINT NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "unit" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "remaining" BIGINT NOT NULL,

    CONSTRAINT "ledger_debts_pkey" PRIMARY KEY ("shop_id","entry_id")
);

-- CreateTable
CREATE TABLE "ledger_holds" (
    "shop_id" BIGINT NOT NULL,
    "redemption_id" UUID NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "unit" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "ledger_holds_pkey" PRIMARY KEY ("shop_id","redemption_id")
);

-- CreateTable
CREATE TABLE "redemptions" (
    "shop_id" BIGINT NOT NULL,
    "redemption_id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "customer_id" BIGINT NOT NULL,
    "client_key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'pay',
    "unit" TEXT NOT NULL,
    "units" BIGINT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'reserved',
    "discount_gid" TEXT,
    "order_id" BIGINT,
    "settled_units" BIGINT,
    "settled_minor" BIGINT,
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_check_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "redemptions_pkey" PRIMARY KEY ("shop_id","redemption_id")
);

-- CreateTable
CREATE TABLE "privacy_records" (
    "shop_id" BIGINT NOT NULL,
    "record_id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "customer_id" BIGINT,
    "outcome" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "privacy_records_pkey" PRIMARY KEY ("shop_id","record_id")
);

-- CreateIndex
CREATE INDEX "Session_shop_idx" ON "Session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "shops_domain_key" ON "shops"("domain");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_events_shop_id_webhook_id_key" ON "webhook_events"("shop_id", "webhook_id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_events_shop_id_topic_event_id_key" ON "webhook_events"("shop_id", "topic", "event_id");

-- CreateIndex
CREATE UNIQUE INDEX "rule_snapshots_shop_id_hash_key" ON "rule_snapshots"("shop_id", "hash");

-- CreateIndex
CREATE INDEX "ledger_entries_shop_id_customer_id_unit_entry_id_idx" ON "ledger_entries"("shop_id", "customer_id", "unit", "entry_id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_shop_id_idempotency_key_key" ON "ledger_entries"("shop_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "redemptions_shop_id_customer_id_client_key_key" ON "redemptions"("shop_id", "customer_id", "client_key");

-- CreateIndex
CREATE UNIQUE INDEX "redemptions_shop_id_code_key" ON "redemptions"("shop_id", "code");


-- What Prisma's schema language cannot say.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The club's clock: the database's, so that a wrong clock on one web machine moves no lease and no expiry.
-- `setia.clock_offset` shifts it for tests and rehearsals (an interval, e.g. '3 days').
CREATE FUNCTION club_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT clock_timestamp() + coalesce(nullif(current_setting('setia.clock_offset', true), '')::interval, interval '0')
$$;

-- Entries are append-only; only the erasure of a whole shop (shop/redact) may remove them.
CREATE FUNCTION forbid_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('setia.erasing_shop', true) = 'on' THEN
    RETURN coalesce(OLD, NEW);
  END IF;
  RAISE EXCEPTION 'ledger_entries is append-only: % is forbidden', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION forbid_ledger_change();
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION forbid_ledger_change();

ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_unit CHECK (unit IN ('POINTS', 'CREDIT')),
  ADD CONSTRAINT ledger_accounts_held CHECK (held >= 0), ADD CONSTRAINT ledger_accounts_debt CHECK (debt >= 0);
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_unit CHECK (unit IN ('POINTS', 'CREDIT')),
  ADD CONSTRAINT ledger_entries_amount CHECK (amount <> 0);
ALTER TABLE ledger_lots ADD CONSTRAINT ledger_lots_remaining CHECK (remaining >= 0 AND remaining <= amount);
ALTER TABLE ledger_consumptions ADD CONSTRAINT ledger_consumptions_amount CHECK (amount > 0 AND restored >= 0 AND restored <= amount);
ALTER TABLE ledger_debts ADD CONSTRAINT ledger_debts_remaining CHECK (remaining >= 0 AND remaining <= amount);
ALTER TABLE ledger_holds ADD CONSTRAINT ledger_holds_amount CHECK (amount > 0);
ALTER TABLE redemptions ADD CONSTRAINT redemptions_state
  CHECK (state IN ('reserved', 'issued', 'settled', 'expired', 'released', 'failed'));
ALTER TABLE webhook_events ADD CONSTRAINT webhook_events_state CHECK (state IN ('pending', 'done', 'dead'));

-- Hot reads. Each says which query it serves.
CREATE INDEX webhook_events_due ON webhook_events (next_attempt_at, inbox_id) WHERE state = 'pending';
CREATE INDEX webhook_events_dead ON webhook_events (shop_id, inbox_id DESC) WHERE state = 'dead';
CREATE INDEX webhook_events_done ON webhook_events (processed_at) WHERE state = 'done';
CREATE INDEX ledger_entries_order ON ledger_entries (shop_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX ledger_entries_redemption ON ledger_entries (shop_id, redemption_id) WHERE redemption_id IS NOT NULL;
CREATE INDEX ledger_lots_open ON ledger_lots (shop_id, customer_id, unit, expires_at) WHERE remaining > 0;
CREATE INDEX ledger_lots_order ON ledger_lots (shop_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX ledger_lots_expiring ON ledger_lots (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL;
CREATE INDEX ledger_consumptions_lot ON ledger_consumptions (shop_id, lot_entry);
CREATE INDEX ledger_debts_open ON ledger_debts (shop_id, customer_id, unit, entry_id) WHERE remaining > 0;
CREATE INDEX ledger_holds_open ON ledger_holds (shop_id, customer_id, unit) WHERE ended_at IS NULL;
CREATE INDEX redemptions_open ON redemptions (shop_id, customer_id) WHERE state IN ('reserved', 'issued', 'expired');
CREATE INDEX redemptions_due ON redemptions (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX redemptions_order ON redemptions (shop_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX orders_customer ON orders (shop_id, customer_id, processed_at DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX customers_search ON customers USING gin
  ((lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))) gin_trgm_ops);
CREATE INDEX customers_recent ON customers (shop_id, updated_at DESC, customer_id DESC);

-- Webhook bodies are about 10 KB of JSON: lz4 costs a fraction of pglz's time (design/PERFORMANCE.md). The embedded
-- server is built without it; there the default stays.
DO $$
BEGIN
  ALTER TABLE webhook_events ALTER COLUMN body SET COMPRESSION lz4;
  ALTER TABLE orders ALTER COLUMN state SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
  NULL;
END $$;
