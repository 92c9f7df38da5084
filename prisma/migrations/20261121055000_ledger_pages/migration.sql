-- CreateTable
CREATE TABLE "ledger_closings" (
    "shop_id" BIGINT NOT NULL,
    "month" DATE NOT NULL,
    "starts_at" TIMESTAMPTZ(6) NOT NULL,
    "ends_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ledger_closings_pkey" PRIMARY KEY ("shop_id","month")
);

-- CreateTable
CREATE TABLE "staff_members" (
    "shop_id" BIGINT NOT NULL,
    "user_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "staff_members_pkey" PRIMARY KEY ("shop_id","user_id")
);


-- What Prisma's schema language cannot say.

-- The ledger page: newest first whatever it is filtered by, with or without days. One index serves a unit or both (two
-- reads, merged), so each costs the writer once. Replaces indexes that ended in the entry's id and could not serve days.
DROP INDEX ledger_entries_kind;
DROP INDEX ledger_entries_staff;
DROP INDEX ledger_entries_created;
CREATE INDEX ledger_entries_recent ON ledger_entries (shop_id, unit, created_at, entry_id);
CREATE INDEX ledger_entries_kind ON ledger_entries (shop_id, kind, unit, created_at, entry_id);
CREATE INDEX ledger_entries_staff ON ledger_entries (shop_id, actor, created_at, entry_id) WHERE source = 'staff';
CREATE INDEX ledger_entries_reason ON ledger_entries (shop_id, reason, created_at, entry_id) WHERE reason IS NOT NULL;
