/**
 * Birthday and anniversary gifts. Each celebrated day of a shop is a run; each page of customers is a transaction that also
 * moves the run's cursor and figures, so that an interrupted run continues where it stopped.
 */
import { ledgerNow, pool, withTransaction } from '#app/db.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { givePage, type GiftRun } from './give-gift-page.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { dueDays, GIFT_KINDS } from './rules/gifts.ts';

/** Posts the gifts that are due in every shop whose local day has begun; returns how many gifts. `signal` ends it early. */
export async function giveGifts(signal?: AbortSignal): Promise<number> {
  const now = await ledgerNow(pool);
  const giveDueDays = async (gift: ActiveGift): Promise<number> => {
    let given = 0;
    for (const run of dueRuns(gift, now)) given += await giveDay(run, signal);
    return given;
  };
  return forEachShop('give-gifts', await listActiveGifts(now), giveDueDays, { signal });
}

async function giveDay(run: GiftRun, signal?: AbortSignal): Promise<number> {
  let given = 0;
  while (!signal?.aborted) {
    const page = await withTransaction((tx) => givePage(tx, run));
    given += page.granted;
    if (page.isLast) break;
  }
  return given;
}

interface ActiveGift {
  shopId: bigint;
  /** The kind of gift: one that fails doesn't stop the other. */
  part: string;
  timeZone: string;
  daysBefore: number;
  expiresDays: number;
  activeFrom: string | null;
  finished: string[] | null;
}

async function listActiveGifts(now: Date): Promise<ActiveGift[]> {
  const { rows } = await pool.query<ActiveGift>(
    `SELECT g.shop_id AS "shopId", g.kind AS part, s.time_zone AS "timeZone", g.days_before AS "daysBefore",
       g.expires_days AS "expiresDays", g.active_from::text AS "activeFrom",
       (SELECT array_agg(r.day::text) FROM gift_runs r WHERE r.shop_id = g.shop_id AND r.kind = g.kind AND r.finished_at IS NOT NULL
         AND r.day >= ($1::timestamptz - interval '10 days')::date) AS finished
     FROM gift_settings g JOIN shops s USING (shop_id) WHERE g.is_active AND ${IS_INSTALLED_SQL} ORDER BY g.shop_id, g.kind`,
    [now],
  );
  return rows;
}

/** Lists the celebrated days of an active gift that are due and not finished. */
function dueRuns({ shopId, part, timeZone, finished, ...schedule }: ActiveGift, now: Date): GiftRun[] {
  const kind = GIFT_KINDS.find((known) => known === part);
  if (!kind) return [];
  return dueDays(localDay(now, timeZone), schedule)
    .filter((day) => !finished?.includes(day))
    .map((day) => ({ shopId, kind, day, timeZone }));
}
