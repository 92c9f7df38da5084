/** The worker's task for what themes show without asking: each customer's standing within seconds, the club's facts within a minute. */
import { pool } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { writeBatch } from '#app/modules/pricing/publish/write-metafields.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { publishProgram } from './publish-program.server.ts';
import { QUEUE_DIFFERENCES, STANDING_OWNER } from './standing-owner.ts';

interface StandingShop {
  shopId: bigint;
  domain: string;
  /** The club's facts are compared now and then: many tables decide about them. */
  isProgramDue: boolean;
  /** Everyone is compared once an hour: pending points become usable without an entry. */
  isCompareDue: boolean;
  /** The last customer that was compared; null: the comparison begins. */
  comparedTo: bigint | null;
  hasDue: boolean;
}

const PROGRAM_SECONDS = 30;
const COMPARE_MINUTES = 60;
const PAGE = 5_000;
const CHANGES_A_TURN = 20_000;
/** Calls of a shop at once: each waits for Shopify most of its time. */
const LANES = 4;
const BATCHES_A_TURN = 40;
/** The next look: an entry is shown within five seconds. */
const NEXT_SECONDS = 1;

const SHOPS = `
  SELECT p.shop_id AS "shopId", s.domain,
    coalesce(p.program_checked_at < clock_timestamp() - interval '${PROGRAM_SECONDS} seconds', true) AS "isProgramDue",
    p.compared_to IS NOT NULL OR coalesce(p.compared_at < clock_timestamp() - interval '${COMPARE_MINUTES} minutes', true) AS "isCompareDue",
    p.compared_to AS "comparedTo",
    EXISTS (SELECT FROM standing_changes c WHERE c.shop_id = p.shop_id)
      OR EXISTS (SELECT FROM standing_customers d WHERE d.shop_id = p.shop_id AND d.changed_at IS NOT NULL
        AND d.next_attempt_at <= statement_timestamp()) AS "hasDue"
  FROM standing_settings p JOIN shops s USING (shop_id) WHERE ${IS_INSTALLED_SQL} ORDER BY 1`;

/** What changed becomes due, each customer once. A change that comes while it is written is another row. */
const TAKE_CHANGES = `
  WITH taken AS (
    DELETE FROM standing_changes WHERE shop_id = $1 AND change_id IN (
      SELECT change_id FROM standing_changes WHERE shop_id = $1 ORDER BY change_id LIMIT ${CHANGES_A_TURN} FOR UPDATE SKIP LOCKED)
    RETURNING customer_id)
  INSERT INTO standing_customers (shop_id, customer_id, changed_at)
  SELECT $1::bigint, customer_id, clock_timestamp() FROM (SELECT DISTINCT customer_id FROM taken) changed ORDER BY 2
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET changed_at = EXCLUDED.changed_at, next_attempt_at = clock_timestamp(),
    attempts = 0, failure = NULL`;

/**
 * Writes what is due in each shop whose theme shows the club, and looks again in a second; at once where a turn left some.
 * Returns how many were written. May run twice, late or on two machines; what one run leaves, the next goes on with.
 */
export async function writeStandings(signal?: AbortSignal): Promise<number> {
  const { rows: shops } = await pool.query<StandingShop>(SHOPS);
  if (shops.length === 0) return 0;
  const due = shops.filter((each) => each.hasDue || each.isProgramDue || each.isCompareDue);
  let isMoreDue = false;
  const takeTurn = async (shop: StandingShop): Promise<number> => {
    const turn = await writeTurn(shop, signal);
    isMoreDue ||= turn.hasMore;
    return turn.written;
  };
  const written = await forEachShop('write-standings', due, takeTurn, { signal });
  if (!signal?.aborted)
    await wakeTask(pool, 'write-standings', { afterSeconds: isMoreDue ? 0 : NEXT_SECONDS });
  return written;
}

async function writeTurn(
  shop: StandingShop,
  signal: AbortSignal | undefined,
): Promise<{ written: number; hasMore: boolean }> {
  const { shopId } = shop;
  if (shop.isProgramDue) {
    await publishProgram(shop);
    await pool.query(
      'UPDATE standing_settings SET program_checked_at = clock_timestamp() WHERE shop_id = $1',
      [shopId],
    );
  }
  const hasPages = shop.isCompareDue && !(await comparePage(shop));
  await pool.query(TAKE_CHANGES, [shopId]);
  let written = 0;
  for (let round = 0; round < BATCHES_A_TURN && !signal?.aborted; round++) {
    const results = await Promise.all(Array.from({ length: LANES }, () => writeBatch(STANDING_OWNER, shop)));
    written += results.reduce((sum, result) => sum + result.written, 0);
    // The shop's budget has to fill first.
    if (results.some(({ waitSeconds }) => waitSeconds > 0)) return { written, hasMore: false };
    if (results.some(({ taken }) => taken === 0)) return { written, hasMore: hasPages };
  }
  return { written, hasMore: true };
}

/** Queues a page of those whose metafield differs. Returns whether it was the last: it ends the comparison for an hour. */
async function comparePage({ shopId, comparedTo }: StandingShop): Promise<boolean> {
  const { rows } = await pool.query<{ last: bigint | null; seen: number }>(QUEUE_DIFFERENCES, [
    shopId,
    PAGE,
    comparedTo ?? 0n,
  ]);
  const [page] = rows;
  const isLast = !page || page.seen < PAGE;
  await pool.query(
    `UPDATE standing_settings SET compared_to = $2,
       compared_at = CASE WHEN $2::bigint IS NULL THEN clock_timestamp() ELSE compared_at END WHERE shop_id = $1`,
    [shopId, isLast ? null : page.last],
  );
  return isLast;
}
