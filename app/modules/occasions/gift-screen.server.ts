import { ledgerNow, pool } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import type { GiftKind } from './rules/gifts.ts';
import {
  countMissingDates,
  listGiftRuns,
  readGiftSettings,
  type GiftRunPage,
  type GiftSettings,
} from './gifts.queries.server.ts';

export interface GiftScreenView {
  settings: Record<GiftKind, GiftSettings>;
  missing: Record<GiftKind, number>;
  runs: GiftRunPage;
  isFirstPage: boolean;
  /** The shop's day, so that the example is the same on the server and in the browser. */
  today: string;
}

/** Reads both gifts, how many customers lack their dates, and what was given. */
export async function readGiftScreen(
  shop: { shopId: bigint; timeZone: string },
  after: string | null,
): Promise<GiftScreenView> {
  const { shopId, timeZone } = shop;
  const [settings, missing, runs, now] = await Promise.all([
    readGiftSettings(shopId),
    countMissingDates(shopId),
    listGiftRuns(shopId, after),
    ledgerNow(pool),
  ]);
  return { settings, missing, runs, isFirstPage: after === null, today: localDay(now, timeZone) };
}
