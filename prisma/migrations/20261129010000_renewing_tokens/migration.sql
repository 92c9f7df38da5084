-- Until when one process renews the shop's token while the others wait for it.
ALTER TABLE "Session" ADD COLUMN "renewingUntil" timestamptz(6);
