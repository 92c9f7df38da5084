-- Files that are to go: written before a file is, taken out when its row is there, put back when the row goes. What a
-- crash leaves behind is found here without listing the storage, and the files of an erased shop outlive its rows by it.
CREATE TABLE "file_removals" (
    "shop_id" BIGINT NOT NULL,
    "file_key" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "file_removals_pkey" PRIMARY KEY ("shop_id","file_key")
);

CREATE INDEX "file_removals_due_at_idx" ON "file_removals"("due_at");

-- What staff wrote beside an entry may name the customer: erasing a customer may empty it, and change nothing else.
CREATE OR REPLACE FUNCTION forbid_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('setia.erasing_shop', true) = 'on' THEN
    RETURN coalesce(OLD, NEW);
  END IF;
  IF TG_OP = 'UPDATE' AND current_setting('setia.erasing_customer', true) = 'on'
     AND NEW.note IS NULL AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'ledger_entries is append-only: % is forbidden', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- Deleted notes are kept a while for the way back; the job that ends them looks here.
CREATE INDEX customer_notes_deleted ON customer_notes (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX privacy_records_latest ON privacy_records (shop_id, record_id DESC);
