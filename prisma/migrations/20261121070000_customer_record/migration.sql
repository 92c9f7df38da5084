-- AlterTable
ALTER TABLE "club_settings" ADD COLUMN     "lapsed_days" INTEGER NOT NULL DEFAULT 90,
ADD COLUMN     "lapsed_orders" INTEGER NOT NULL DEFAULT 2,
ADD COLUMN     "lifetime_months" INTEGER NOT NULL DEFAULT 36,
ADD COLUMN     "new_customer_days" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "regular_days" INTEGER NOT NULL DEFAULT 90;

-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "address_id" BIGINT,
ADD COLUMN     "city" TEXT,
ADD COLUMN     "city_code" TEXT,
ADD COLUMN     "country_code" TEXT,
ADD COLUMN     "district" TEXT,
ADD COLUMN     "district_code" TEXT,
ADD COLUMN     "email_consent" TEXT,
ADD COLUMN     "field_times" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "gender" TEXT,
ADD COLUMN     "height_mm" INTEGER,
ADD COLUMN     "housing" TEXT,
ADD COLUMN     "interests" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "left_at" TIMESTAMPTZ(6),
ADD COLUMN     "note" TEXT,
ADD COLUMN     "person_discount_bp" INTEGER,
ADD COLUMN     "postal_code" TEXT,
ADD COLUMN     "province" TEXT,
ADD COLUMN     "province_code" TEXT,
ADD COLUMN     "sms_consent" TEXT,
ADD COLUMN     "sms_consent_at" TIMESTAMPTZ(6),
ADD COLUMN     "sms_consent_source" TEXT,
ADD COLUMN     "social" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "street" TEXT,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "weight_grams" INTEGER;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "items" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "net_minor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "customer_stats" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "orders_all" INTEGER NOT NULL DEFAULT 0,
    "orders_valid" INTEGER NOT NULL DEFAULT 0,
    "items" INTEGER NOT NULL DEFAULT 0,
    "total_all_minor" BIGINT NOT NULL DEFAULT 0,
    "spend_minor" BIGINT NOT NULL DEFAULT 0,
    "first_order_at" TIMESTAMPTZ(6),
    "last_order_at" TIMESTAMPTZ(6),
    "before_last_order_at" TIMESTAMPTZ(6),
    "latest_order_id" BIGINT,
    "latest_order_at" TIMESTAMPTZ(6),
    "latest_order_status" TEXT,
    "active_months" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "customer_stats_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "order_lines" (
    "shop_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "customer_id" BIGINT,
    "product_id" BIGINT,
    "variant_id" BIGINT,
    "title" TEXT NOT NULL DEFAULT '',
    "quantity" INTEGER NOT NULL,
    "kept_quantity" INTEGER NOT NULL,
    "net_minor" BIGINT NOT NULL,

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("shop_id","order_id","line_id")
);

-- CreateTable
CREATE TABLE "tags" (
    "shop_id" BIGINT NOT NULL,
    "tag_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "colour" TEXT NOT NULL DEFAULT 'grey',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "tags_pkey" PRIMARY KEY ("shop_id","tag_key")
);

-- CreateTable
CREATE TABLE "customer_tags" (
    "shop_id" BIGINT NOT NULL,
    "tag_key" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,

    CONSTRAINT "customer_tags_pkey" PRIMARY KEY ("shop_id","tag_key","customer_id")
);

-- CreateTable
CREATE TABLE "customer_notes" (
    "shop_id" BIGINT NOT NULL,
    "note_id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "text" TEXT NOT NULL,
    "is_pinned" BOOLEAN NOT NULL DEFAULT false,
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "edited_at" TIMESTAMPTZ(6),
    "deleted_at" TIMESTAMPTZ(6),

    CONSTRAINT "customer_notes_pkey" PRIMARY KEY ("shop_id","note_id")
);

-- CreateTable
CREATE TABLE "customer_note_versions" (
    "shop_id" BIGINT NOT NULL,
    "version_id" BIGSERIAL NOT NULL,
    "note_id" BIGINT NOT NULL,
    "text" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "customer_note_versions_pkey" PRIMARY KEY ("shop_id","version_id")
);

-- CreateTable
CREATE TABLE "customer_photos" (
    "shop_id" BIGINT NOT NULL,
    "photo_id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "customer_id" BIGINT NOT NULL,
    "file_key" TEXT NOT NULL,
    "thumb_key" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "caption" TEXT NOT NULL DEFAULT '',
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "customer_photos_pkey" PRIMARY KEY ("shop_id","photo_id")
);

-- CreateTable
CREATE TABLE "customer_changes" (
    "shop_id" BIGINT NOT NULL,
    "change_id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "field" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "source" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "customer_changes_pkey" PRIMARY KEY ("shop_id","change_id")
);

-- CreateTable
CREATE TABLE "sensitive_accesses" (
    "shop_id" BIGINT NOT NULL,
    "access_id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "what" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "sensitive_accesses_pkey" PRIMARY KEY ("shop_id","access_id")
);

-- CreateTable
CREATE TABLE "sync_runs" (
    "shop_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "bulk_operation_id" TEXT,
    "found" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "cursor" TEXT,
    "failure" TEXT,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "sync_runs_pkey" PRIMARY KEY ("shop_id","kind")
);

-- CreateIndex
CREATE INDEX "customer_tags_shop_id_customer_id_idx" ON "customer_tags"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "customer_notes_shop_id_customer_id_is_pinned_note_id_idx" ON "customer_notes"("shop_id", "customer_id", "is_pinned" DESC, "note_id" DESC);

-- CreateIndex
CREATE INDEX "customer_note_versions_shop_id_note_id_idx" ON "customer_note_versions"("shop_id", "note_id");

-- CreateIndex
CREATE INDEX "customer_photos_shop_id_customer_id_created_at_idx" ON "customer_photos"("shop_id", "customer_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "customer_changes_shop_id_customer_id_change_id_idx" ON "customer_changes"("shop_id", "customer_id", "change_id" DESC);

-- CreateIndex
CREATE INDEX "sensitive_accesses_shop_id_customer_id_access_id_idx" ON "sensitive_accesses"("shop_id", "customer_id", "access_id" DESC);


-- What Prisma's schema language cannot say.

ALTER TABLE customers ADD CONSTRAINT customers_housing CHECK (housing IN
  ('detached', 'shophouse', 'townhouse', 'flat', 'condo', 'coop_or_mobile')),
  ADD CONSTRAINT customers_gender CHECK (gender IN ('female', 'male'));

-- Who bought a product; what a customer bought.
CREATE INDEX order_lines_product ON order_lines (shop_id, product_id, customer_id) WHERE product_id IS NOT NULL;
CREATE INDEX order_lines_customer ON order_lines (shop_id, customer_id) WHERE customer_id IS NOT NULL;
-- The list of customers in each of its orders.
CREATE INDEX customer_stats_latest ON customer_stats (shop_id, latest_order_at DESC NULLS LAST, customer_id DESC);
CREATE INDEX customer_stats_spend ON customer_stats (shop_id, spend_minor DESC, customer_id DESC);
CREATE INDEX customer_stats_orders ON customer_stats (shop_id, orders_valid DESC, customer_id DESC);
CREATE INDEX customers_city ON customers (shop_id, city_code) WHERE city_code IS NOT NULL;
