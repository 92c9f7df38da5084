/**
 * Birthday and anniversary gifts. Each celebrated day of a shop is a run; a page of customers is a transaction that also
 * moves the run's cursor and figures on, so that a run which is cut off goes on where it was.
 */
import { clubNow, pool, withTransaction } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { givePage, type GiftRun } from './give-gift-page.server.ts';
import { localDay } from './rules/days.ts';
import { dueDays, GIFT_KINDS } from './rules/gifts.ts';

/** Gives what is due in every shop whose local day has begun; returns how many gifts. `signal` ends it early. */
export async function giveGifts(signal?: AbortSignal): Promise<number> {
  let given = 0;
  let failure: unknown;
  for (const run of await findDueRuns()) {
    try {
      given += await giveDay(run, signal);
    } catch (error) {
      // One shop's trouble must not take the others' day.
      logger.error({ shopId: String(run.shopId), reason: safeErrorText(error) }, 'gifts not given');
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return given;
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

interface ActiveRow {
  shop_id: bigint;
  kind: string;
  time_zone: string;
  days_before: number;
  expires_days: number;
  active_from: string | null;
  finished: string[] | null;
}

/** The days to celebrate that are due by now and not finished, of every active gift. */
async function findDueRuns(): Promise<GiftRun[]> {
  const now = await clubNow(pool);
  const { rows } = await pool.query<ActiveRow>(
    `SELECT g.shop_id, g.kind, s.time_zone, g.days_before, g.expires_days, g.active_from::text AS active_from,
       (SELECT array_agg(r.day::text) FROM gift_runs r WHERE r.shop_id = g.shop_id AND r.kind = g.kind AND r.finished_at IS NOT NULL
         AND r.day >= ($1::timestamptz - interval '10 days')::date) AS finished
     FROM gift_settings g JOIN shops s USING (shop_id) WHERE g.is_active AND ${IS_INSTALLED_SQL} ORDER BY g.shop_id, g.kind`,
    [now],
  );
  return rows.flatMap((row) => {
    const kind = GIFT_KINDS.find((known) => known === row.kind);
    if (!kind) return [];
    const { shop_id: shopId, time_zone: timeZone } = row;
    const schedule = {
      daysBefore: row.days_before,
      expiresDays: row.expires_days,
      activeFrom: row.active_from,
    };
    return dueDays(localDay(now, timeZone), schedule)
      .filter((day) => !row.finished?.includes(day))
      .map((day) => ({ shopId, kind, day, timeZone }));
  });
}
