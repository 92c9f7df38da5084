/** Expires lots past their expiry date. Each page is its own transaction: it can stop and go on at any point. */
import { ledgerNow, pool, withTransaction } from '#app/db.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { expireAccounts } from './expire-page.server.ts';
import { accountKeyText, type AccountKey } from '../rules/account.ts';
import type { Unit } from '#app/lib/units.ts';

const LOTS_A_PAGE = 10_000;
/** One statement computes while another waits for the disk. */
const LANES = 2;

/**
 * Expires every lot past its expiry date. Returns how many. Accounts that hold value for an open redemption wait until it
 * ends: what a shopper reserved before midnight can still be spent at checkout after it. `signal` ends it early.
 */
export async function expireLots(signal?: AbortSignal): Promise<number> {
  const now = await ledgerNow(pool);
  const shops = await findShops(now);
  return forEachShop('expire-lots', shops, ({ shopId }) => expireLotsOfShop(shopId, now, signal), { signal });
}

/** Expires the lots of one shop that have expired at `now`, as `expireLots` does. */
export async function expireLotsOfShop(shopId: bigint, now: Date, signal?: AbortSignal): Promise<number> {
  let expired = 0;
  const pages = readPages(shopId, now, signal);
  const lane = async (): Promise<void> => {
    for await (const keys of pages) {
      const count = await withTransaction((tx) => expireAccounts(tx, keys, now));
      expired += count;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return expired;
}

async function findShops(now: Date): Promise<{ shopId: bigint }[]> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT shop_id AS "shopId" FROM shops s WHERE EXISTS (SELECT FROM ledger_lots l
       WHERE l.shop_id = s.shop_id AND l.remaining > 0 AND l.expires_at <= $1) ORDER BY shop_id`,
    [now],
  );
  return rows;
}

/** Accounts with expired lots, a page at a time, each page behind the one before. */
async function* readPages(shopId: bigint, now: Date, signal?: AbortSignal): AsyncGenerator<AccountKey[]> {
  let after: PageRow | undefined;
  while (!signal?.aborted) {
    // Timestamps as text: JavaScript's dates would lose the microseconds, and with them the position.
    const { rows } = await pool.query<PageRow>(
      `SELECT expires_at::text AS expires_at, customer_id, unit FROM ledger_lots
       WHERE shop_id = $1 AND remaining > 0 AND expires_at <= $2
         AND ($3::timestamptz IS NULL OR (expires_at, customer_id, unit) > ($3::timestamptz, $4::bigint, $5::text))
       ORDER BY expires_at, customer_id, unit LIMIT $6`,
      [shopId, now, after?.expires_at ?? null, after?.customer_id ?? null, after?.unit ?? null, LOTS_A_PAGE],
    );
    after = rows.at(-1);
    if (!after) return;
    yield distinctAccounts(shopId, rows);
  }
}

interface PageRow {
  expires_at: string;
  customer_id: bigint;
  unit: Unit;
}

function distinctAccounts(shopId: bigint, rows: readonly PageRow[]): AccountKey[] {
  const keys = rows.map((row) => ({ shopId, customerId: row.customer_id, unit: row.unit }));
  return [...new Map(keys.map((key) => [accountKeyText(key), key])).values()];
}
