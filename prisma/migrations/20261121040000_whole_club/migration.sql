-- AlterTable
ALTER TABLE "club_settings" ADD COLUMN     "banner_text" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "join_at_spend_minor" BIGINT,
ADD COLUMN     "message_on_change" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "offers_active" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "offers_include_shipping" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "offers_include_tax" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "payout_active" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "self_join" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "tier_keep_days" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "tier_measure" TEXT NOT NULL DEFAULT 'spend',
ADD COLUMN     "tier_period" TEXT NOT NULL DEFAULT 'rolling',
ADD COLUMN     "tier_period_days" INTEGER NOT NULL DEFAULT 365,
ADD COLUMN     "tiers_active" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "trial_mode" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "birth_date" DATE,
ADD COLUMN     "category_id" BIGINT,
ADD COLUMN     "is_trial" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "member_since" TIMESTAMPTZ(6),
ADD COLUMN     "member_via" TEXT,
ADD COLUMN     "merged_into" BIGINT,
ADD COLUMN     "national_id_cipher" TEXT,
ADD COLUMN     "national_id_hash" TEXT,
ADD COLUMN     "tier_id" BIGINT,
ADD COLUMN     "wedding_date" DATE;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "backfill_id" BIGINT,
ADD COLUMN     "claimed_by" BIGINT,
ADD COLUMN     "facts" JSONB,
ADD COLUMN     "source_name" TEXT;

-- AlterTable
ALTER TABLE "redemptions" ADD COLUMN     "reward" JSONB,
ADD COLUMN     "reward_id" BIGINT;

-- CreateTable
CREATE TABLE "categories" (
    "shop_id" BIGINT NOT NULL,
    "category_id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "loyalty_enabled" BOOLEAN NOT NULL DEFAULT true,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "categories_pkey" PRIMARY KEY ("shop_id","category_id")
);

-- CreateTable
CREATE TABLE "tiers" (
    "shop_id" BIGINT NOT NULL,
    "tier_id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "threshold" BIGINT NOT NULL,
    "multiplier_percent" INTEGER NOT NULL DEFAULT 100,
    "member_discount_bp" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "tiers_pkey" PRIMARY KEY ("shop_id","tier_id")
);

-- CreateTable
CREATE TABLE "tier_changes" (
    "shop_id" BIGINT NOT NULL,
    "change_id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "tier_id" BIGINT,
    "since" TIMESTAMPTZ(6) NOT NULL,
    "measured" BIGINT NOT NULL DEFAULT 0,
    "reason" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "tier_changes_pkey" PRIMARY KEY ("shop_id","change_id")
);

-- CreateTable
CREATE TABLE "offer_groups" (
    "shop_id" BIGINT NOT NULL,
    "group_id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "offer_groups_pkey" PRIMARY KEY ("shop_id","group_id")
);

-- CreateTable
CREATE TABLE "offers" (
    "shop_id" BIGINT NOT NULL,
    "offer_id" BIGSERIAL NOT NULL,
    "group_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "unit" TEXT NOT NULL,
    "minimum_minor" BIGINT NOT NULL,
    "percent_bp" INTEGER NOT NULL,
    "from_days" INTEGER NOT NULL DEFAULT 0,
    "until_days" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "offers_pkey" PRIMARY KEY ("shop_id","offer_id")
);

-- CreateTable
CREATE TABLE "gift_settings" (
    "shop_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT false,
    "unit" TEXT NOT NULL DEFAULT 'POINTS',
    "amount_mode" TEXT NOT NULL DEFAULT 'fixed',
    "amount" BIGINT NOT NULL DEFAULT 0,
    "percent_bp" INTEGER NOT NULL DEFAULT 0,
    "days_before" INTEGER NOT NULL DEFAULT 0,
    "expires_days" INTEGER NOT NULL DEFAULT 30,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "gift_settings_pkey" PRIMARY KEY ("shop_id","kind")
);

-- CreateTable
CREATE TABLE "gift_runs" (
    "shop_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "unit" TEXT NOT NULL,
    "granted" INTEGER NOT NULL DEFAULT 0,
    "amount" BIGINT NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "gift_runs_pkey" PRIMARY KEY ("shop_id","kind","day")
);

-- CreateTable
CREATE TABLE "rewards" (
    "shop_id" BIGINT NOT NULL,
    "reward_id" BIGSERIAL NOT NULL,
    "program_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "version" INTEGER NOT NULL DEFAULT 1,
    "kind" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "units" BIGINT NOT NULL,
    "percent_bp" INTEGER,
    "amount_minor" BIGINT,
    "description" TEXT NOT NULL DEFAULT '',
    "picture_url" TEXT,
    "minimum_cart_minor" BIGINT NOT NULL DEFAULT 0,
    "valid_days" INTEGER NOT NULL DEFAULT 30,
    "limit_per_customer" INTEGER,
    "limit_total" INTEGER,
    "combines_with_order" BOOLEAN NOT NULL DEFAULT false,
    "combines_with_product" BOOLEAN NOT NULL DEFAULT true,
    "combines_with_shipping" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "rewards_pkey" PRIMARY KEY ("shop_id","reward_id")
);

-- CreateTable
CREATE TABLE "claims" (
    "shop_id" BIGINT NOT NULL,
    "redemption_id" UUID NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "reward_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "note_to_customer" TEXT NOT NULL DEFAULT '',
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "claims_pkey" PRIMARY KEY ("shop_id","redemption_id")
);

-- CreateTable
CREATE TABLE "products" (
    "shop_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'active',
    "image_url" TEXT,
    "tags" TEXT[],
    "collection_ids" BIGINT[],
    "printed_points" BIGINT NOT NULL DEFAULT 0,
    "seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "products_pkey" PRIMARY KEY ("shop_id","product_id")
);

-- CreateTable
CREATE TABLE "planned_messages" (
    "shop_id" BIGINT NOT NULL,
    "message_id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "message_key" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "planned_messages_pkey" PRIMARY KEY ("shop_id","message_id")
);

-- CreateTable
CREATE TABLE "backfills" (
    "shop_id" BIGINT NOT NULL,
    "backfill_id" BIGSERIAL NOT NULL,
    "state" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "bulk_operation_id" TEXT,
    "orders_found" INTEGER NOT NULL DEFAULT 0,
    "orders_done" INTEGER NOT NULL DEFAULT 0,
    "cursor" TEXT,
    "totals" JSONB,
    "failure" TEXT,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "backfills_pkey" PRIMARY KEY ("shop_id","backfill_id")
);

-- CreateTable
CREATE TABLE "backfill_orders" (
    "shop_id" BIGINT NOT NULL,
    "backfill_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'staged',

    CONSTRAINT "backfill_orders_pkey" PRIMARY KEY ("shop_id","backfill_id","order_id")
);

-- CreateTable
CREATE TABLE "ledger_months" (
    "shop_id" BIGINT NOT NULL,
    "month" DATE NOT NULL,
    "unit" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "entries" INTEGER NOT NULL,

    CONSTRAINT "ledger_months_pkey" PRIMARY KEY ("shop_id","month","unit","kind")
);

-- CreateIndex
CREATE UNIQUE INDEX "categories_shop_id_key_key" ON "categories"("shop_id", "key");

-- CreateIndex
CREATE INDEX "tier_changes_shop_id_customer_id_since_change_id_idx" ON "tier_changes"("shop_id", "customer_id", "since" DESC, "change_id" DESC);

-- CreateIndex
CREATE INDEX "offers_shop_id_group_id_idx" ON "offers"("shop_id", "group_id");

-- CreateIndex
CREATE INDEX "rewards_shop_id_program_id_idx" ON "rewards"("shop_id", "program_id");

-- CreateIndex
CREATE INDEX "claims_shop_id_state_created_at_idx" ON "claims"("shop_id", "state", "created_at" DESC);

-- CreateIndex
CREATE INDEX "planned_messages_shop_id_customer_id_message_id_idx" ON "planned_messages"("shop_id", "customer_id", "message_id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "planned_messages_shop_id_message_key_key" ON "planned_messages"("shop_id", "message_key");


-- What Prisma's schema language cannot say.

ALTER TABLE club_settings ADD CONSTRAINT club_settings_tier_measure CHECK (tier_measure IN ('spend', 'points')),
  ADD CONSTRAINT club_settings_tier_period CHECK (tier_period IN ('rolling', 'calendar'));
ALTER TABLE tiers ADD CONSTRAINT tiers_multiplier CHECK (multiplier_percent >= 100),
  ADD CONSTRAINT tiers_member_discount CHECK (member_discount_bp BETWEEN 0 AND 10000);
ALTER TABLE offers ADD CONSTRAINT offers_unit CHECK (unit IN ('POINTS', 'CREDIT')),
  ADD CONSTRAINT offers_percent CHECK (percent_bp BETWEEN 1 AND 10000);
ALTER TABLE rewards ADD CONSTRAINT rewards_kind CHECK (kind IN ('percent', 'amount', 'other')),
  ADD CONSTRAINT rewards_unit CHECK (unit IN ('POINTS', 'CREDIT')), ADD CONSTRAINT rewards_units CHECK (units > 0);
ALTER TABLE claims ADD CONSTRAINT claims_state CHECK (state IN ('requested', 'approved', 'delivered', 'refused'));
ALTER TABLE gift_settings ADD CONSTRAINT gift_settings_kind CHECK (kind IN ('birthday', 'anniversary'));

-- Guests whose orders wait for a customer with this phone or e-mail.
CREATE INDEX orders_guest_email ON orders (shop_id, lower(email)) WHERE customer_id IS NULL AND email IS NOT NULL;
CREATE INDEX orders_guest_phone ON orders (shop_id, phone) WHERE customer_id IS NULL AND phone IS NOT NULL;
CREATE INDEX orders_claimed ON orders (shop_id, claimed_by) WHERE claimed_by IS NOT NULL;
-- The list of orders, newest first.
CREATE INDEX orders_recent ON orders (shop_id, processed_at DESC, order_id DESC);
CREATE INDEX orders_backfill ON orders (shop_id, backfill_id, order_id) WHERE backfill_id IS NOT NULL;
-- Whoever has this phone, e-mail or national ID.
CREATE INDEX customers_email ON customers (shop_id, email) WHERE email IS NOT NULL;
CREATE INDEX customers_phone ON customers (shop_id, phone) WHERE phone IS NOT NULL;
CREATE INDEX customers_national_id ON customers (shop_id, national_id_hash) WHERE national_id_hash IS NOT NULL;
CREATE INDEX customers_merged ON customers (shop_id, merged_into) WHERE merged_into IS NOT NULL;
-- Month and day of a date, for gifts of the day.
CREATE INDEX customers_birthday ON customers
  (shop_id, ((extract(month FROM birth_date) * 100 + extract(day FROM birth_date))::int), customer_id) WHERE birth_date IS NOT NULL;
CREATE INDEX customers_wedding_day ON customers
  (shop_id, ((extract(month FROM wedding_date) * 100 + extract(day FROM wedding_date))::int), customer_id) WHERE wedding_date IS NOT NULL;
-- The ledger page: by kind, by staff, by date.
CREATE INDEX ledger_entries_kind ON ledger_entries (shop_id, kind, entry_id DESC);
CREATE INDEX ledger_entries_staff ON ledger_entries (shop_id, actor, entry_id DESC) WHERE source = 'staff';
CREATE INDEX ledger_entries_created ON ledger_entries (shop_id, created_at);
-- How often a reward was taken, by whom.
CREATE INDEX redemptions_reward ON redemptions (shop_id, reward_id, customer_id) WHERE reward_id IS NOT NULL;
CREATE INDEX planned_messages_due ON planned_messages (due_at, message_id) WHERE state = 'planned';

-- Every shop knows the six categories (F17) and five tiers (C8) from the start.
CREATE FUNCTION seed_club(shop bigint, spend_step bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO categories (shop_id, key, name, position, is_default)
  SELECT shop, key, name, position, key = 'customer' FROM (VALUES ('leads', 'Leads', 1), ('customer', 'Customer', 2),
    ('reseller', 'Reseller', 3), ('dropshipper', 'Dropshipper', 4), ('agent', 'Agent', 5), ('distributor', 'Distributor', 6))
    AS c (key, name, position)
  ON CONFLICT DO NOTHING;
  INSERT INTO tiers (shop_id, name, position, threshold, multiplier_percent)
  SELECT shop, name, position, spend_step * steps, multiplier FROM (VALUES ('Retail', 1, 0, 100), ('Wholesale', 2, 10, 100),
    ('Silver', 3, 50, 110), ('Gold', 4, 200, 125), ('Platinum', 5, 500, 150)) AS t (name, position, steps, multiplier)
  WHERE NOT EXISTS (SELECT 1 FROM tiers WHERE shop_id = shop)
$$;
SELECT seed_club(s.shop_id, coalesce((SELECT (p.rule->>'stepMinor')::bigint FROM programs p WHERE p.shop_id = s.shop_id
  AND p.kind = 'spend' ORDER BY p.program_id LIMIT 1), 10000)) FROM club_settings s;
