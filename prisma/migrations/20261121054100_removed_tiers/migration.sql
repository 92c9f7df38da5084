-- A tier that was removed stays for the history and for orders made while it was held.
ALTER TABLE "tiers" ADD COLUMN     "removed_at" TIMESTAMPTZ(6);
