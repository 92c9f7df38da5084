-- AlterTable
ALTER TABLE "ledger_closings" ADD COLUMN     "pending_credit" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "pending_points" BIGINT NOT NULL DEFAULT 0;
