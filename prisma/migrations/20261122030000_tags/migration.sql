-- AlterTable
ALTER TABLE "customer_tags" ADD COLUMN     "changed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
ADD COLUMN     "is_on" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "tag_jobs" (
    "shop_id" BIGINT NOT NULL,
    "job_id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "target" TEXT,
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "tag_jobs_pkey" PRIMARY KEY ("shop_id","job_id")
);

-- CreateTable
CREATE TABLE "tag_writes" (
    "shop_id" BIGINT NOT NULL,
    "job_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "failure" TEXT,

    CONSTRAINT "tag_writes_pkey" PRIMARY KEY ("shop_id","job_id","customer_id")
);


-- What Prisma's schema language cannot say.

ALTER TABLE tag_jobs ADD CONSTRAINT tag_jobs_kind CHECK (kind IN ('add', 'remove', 'rename', 'merge', 'delete'));
-- What the worker has to do next.
CREATE INDEX tag_writes_due ON tag_writes (next_attempt_at) WHERE failure IS NULL;
-- How many have a tag; a tag that was taken away stays as the moment when.
CREATE INDEX customer_tags_on ON customer_tags (shop_id, tag_key, customer_id) WHERE is_on;
-- The newest jobs of a shop.
CREATE INDEX tag_jobs_newest ON tag_jobs (shop_id, created_at DESC);
