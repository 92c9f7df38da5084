-- Which rule gave a lot: what it gave is taken back from there first. Which entry a take-back takes back: with it the terms.
ALTER TABLE "ledger_lots" ADD COLUMN "rule" TEXT;
ALTER TABLE "ledger_entries" ADD COLUMN "reverses" BIGINT;

UPDATE "ledger_lots" l SET "rule" = e."rule"
  FROM "ledger_entries" e
 WHERE e."shop_id" = l."shop_id" AND e."entry_id" = l."entry_id" AND e."rule" IS NOT NULL;
