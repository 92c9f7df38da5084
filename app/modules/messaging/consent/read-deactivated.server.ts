/** US numbers that were given up are not written to: their next owner agreed to nothing. */
import { pool, withTransaction } from '#app/db.server.ts';
import { addDays, localDay } from '#app/lib/calendar-days.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { credentialsOf, findSmsChannel } from '../channels/channel-rows.server.ts';
import { loadAddressHash } from './address-hash.server.ts';
import { suppressAddress } from './suppress.server.ts';

/** Days without a worker that are made up for. */
const DAYS_BACK_MAX = 7;
const NUMBERS_A_QUERY = 10_000;

interface DueShop {
  shopId: bigint;
  /** The last day that was read; null before the first. */
  readOn: string | null;
}

/** Suppresses customers' numbers that Twilio's files of the last days have. Returns how many. */
export async function readDeactivated(signal?: AbortSignal): Promise<number> {
  const yesterday = addDays(localDay(new Date(), 'UTC'), -1);
  const { rows } = await pool.query<DueShop>(
    `SELECT shop_id AS "shopId", c.deactivations_read_on::text AS "readOn" FROM shops JOIN channels c USING (shop_id)
      WHERE ${IS_INSTALLED_SQL} AND c.kind = 'sms' AND (c.deactivations_read_on IS NULL OR c.deactivations_read_on < $1::date)
      ORDER BY shop_id`,
    [yesterday],
  );
  return forEachShop('read-deactivations', rows, (shop) => readShop(shop, yesterday, signal), { signal });
}

async function readShop(
  { shopId, readOn }: DueShop,
  yesterday: string,
  signal?: AbortSignal,
): Promise<number> {
  const first = addDays(yesterday, 1 - DAYS_BACK_MAX);
  const next = readOn === null ? yesterday : addDays(readOn, 1);
  let suppressed = 0;
  for (let day = next > first ? next : first; day <= yesterday && !signal?.aborted; day = addDays(day, 1))
    suppressed += await readDay(shopId, day);
  return suppressed;
}

async function readDay(shopId: bigint, day: string): Promise<number> {
  const channel = await findSmsChannel(pool, shopId);
  const isAmerican = await pool.query(
    `SELECT FROM customers WHERE shop_id = $1 AND phone LIKE '+1%' AND state = 'active' LIMIT 1`,
    [shopId],
  );
  let suppressed = 0;
  if (channel && isAmerican.rowCount === 1) {
    const { readDeactivations } = await import('#app/integrations/twilio/services.server.ts');
    const numbers = await readDeactivations(credentialsOf(channel), day);
    for (let at = 0; at < numbers.length; at += NUMBERS_A_QUERY)
      suppressed += await suppressKnown(shopId, numbers.slice(at, at + NUMBERS_A_QUERY));
  }
  await pool.query(
    `UPDATE channels SET deactivations_read_on = $2::date WHERE shop_id = $1 AND kind = 'sms'`,
    [shopId, day],
  );
  return suppressed;
}

/** The numbers among the shop's customers; of others nothing is stored. */
async function suppressKnown(shopId: bigint, numbers: readonly string[]): Promise<number> {
  return withTransaction(async (tx) => {
    const { rows } = await tx.query<{ phone: string }>(
      `SELECT DISTINCT phone FROM customers WHERE shop_id = $1 AND phone = ANY($2::text[]) AND state = 'active' ORDER BY phone`,
      [shopId, numbers],
    );
    if (rows.length === 0) return 0;
    const hash = await loadAddressHash(tx, shopId);
    for (const { phone } of rows)
      await suppressAddress(
        tx,
        { shopId, channel: 'sms', hash: hash('sms', phone), address: phone },
        {
          source: 'deactivated',
          needsReview: false,
          at: new Date(),
          messageSid: null,
          rule: null,
          wordsVersion: null,
          actor: null,
        },
      );
    return rows.length;
  });
}
