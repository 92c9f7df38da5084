/** The worker's tasks for prices: what changed is written within seconds, and nightly compared with Shopify. */
import { pool } from '#app/db.server.ts';
import { OWNERS_A_READ, readMetafields } from '#app/integrations/shopify/metafields.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { idToGid } from '#app/lib/ids.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { findBreaches } from '../access/find-breaches.server.ts';
import { publishAccess } from '../access/publish-access.server.ts';
import { countPastOrders } from '../orders/count-past-orders.server.ts';
import { PRICE_OWNERS, type PriceOwner } from './price-owners.ts';
import { publishRules } from './publish-rules.server.ts';
import { QUEUE_CUSTOMERS, QUEUE_PRODUCTS, QUEUE_VARIANTS } from './wanted.sql.ts';
import { writeBatch } from './write-metafields.server.ts';

interface DueShop {
  shopId: bigint;
  domain: string;
  /** Prices are on, or members-only products are. */
  isOn: boolean;
  hasPrices: boolean;
  requestedAt: string | null;
  discountGid: string | null;
  /** Members-only products are to be brought to Shopify. */
  isAccessRequested: boolean;
}

const COLUMNS = `s.shop_id AS "shopId", s.domain, coalesce(p.is_on, false) OR coalesce(a.is_on, false) AS "isOn",
  p.shop_id IS NOT NULL AS "hasPrices", p.requested_at::text AS "requestedAt", p.discount_gid AS "discountGid",
  a.requested_at IS NOT NULL AS "isAccessRequested"`;
const SOURCE = `shops s LEFT JOIN price_settings p USING (shop_id) LEFT JOIN access_settings a USING (shop_id)`;
const hasDue = (owners: readonly PriceOwner[]) =>
  owners
    .map(
      ({ table }) => `EXISTS (SELECT FROM ${table} d WHERE d.shop_id = s.shop_id AND d.changed_at IS NOT NULL
    AND d.next_attempt_at <= statement_timestamp())`,
    )
    .join(' OR ');

/** Products are written while they are locked, and once more when they aren't any longer. */
const DUE = `
  SELECT ${COLUMNS} FROM ${SOURCE}
   WHERE ${IS_INSTALLED_SQL} AND (p.shop_id IS NOT NULL OR a.shop_id IS NOT NULL) AND (p.requested_at IS NOT NULL OR p.counted_to IS NOT NULL OR a.requested_at IS NOT NULL
     OR (p.is_on OR a.is_on) AND (${hasDue(PRICE_OWNERS)}) OR ${hasDue(PRICE_OWNERS.filter(({ table }) => table === 'price_products'))})
   ORDER BY 1`;

/** Batches of one shop before the next shop's turn. */
const BATCHES_A_TURN = 40;

/**
 * Publishes rules that were changed, and writes metafields that are due: the oldest change of each shop first, a turn
 * each. Returns how many were written. May run twice, late or on two machines.
 */
export async function writePrices(signal?: AbortSignal): Promise<number> {
  let total = 0;
  let { rows: shops } = await pool.query<DueShop>(DUE);
  while (shops.length > 0 && !signal?.aborted) {
    const next: DueShop[] = [];
    const takeTurn = async (shop: DueShop): Promise<number> => {
      const turn = await writeTurn(shop, signal);
      if (turn.hasMore) next.push({ ...shop, requestedAt: null, isAccessRequested: false });
      return turn.written;
    };
    total += await forEachShop('write-prices', shops, takeTurn, { signal });
    shops = next;
  }
  return total;
}

async function writeTurn(
  shop: DueShop,
  signal: AbortSignal | undefined,
): Promise<{ written: number; hasMore: boolean }> {
  if (shop.requestedAt !== null) await publishRules(shop);
  if (shop.isAccessRequested) await publishAccess(shop);
  if (shop.requestedAt !== null || shop.isAccessRequested) await queueDifferences(shop);
  await countPastOrders(shop.shopId, signal);
  let written = 0;
  for (const owner of PRICE_OWNERS)
    for (let batch = 0; !signal?.aborted; batch++) {
      if (batch === BATCHES_A_TURN) return { written, hasMore: true };
      const result = await writeBatch(owner, shop);
      written += result.written;
      if (result.waitSeconds > 0) {
        await wakeTask(pool, 'write-prices', { afterSeconds: Math.ceil(result.waitSeconds) });
        return { written, hasMore: false };
      }
      if (result.taken === 0) break;
    }
  return { written, hasMore: false };
}

/** Queues everything that isn't as the rules now say; of customers and variants nothing in a shop where both are off. */
async function queueDifferences({ shopId, isOn }: DueShop): Promise<void> {
  await pool.query(QUEUE_PRODUCTS, [shopId]);
  if (!isOn) return;
  await pool.query(QUEUE_CUSTOMERS, [shopId]);
  await pool.query(QUEUE_VARIANTS, [shopId]);
}

/** Each is compared once a day. */
const COMPARED_HOURS = 20;

const COMPARE_DUE = `
  SELECT ${COLUMNS} FROM ${SOURCE} WHERE ${IS_INSTALLED_SQL} AND (p.is_on OR a.is_on) ORDER BY 1`;

/**
 * Compares the discount and every metafield with Shopify; what someone changed or deleted there is written again. Begins
 * where the last run ended. Returns how many were compared.
 */
export async function comparePrices(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<DueShop>(COMPARE_DUE);
  const compare = async (shop: DueShop): Promise<number> => {
    if (shop.hasPrices) await publishRules(shop);
    await publishAccess(shop);
    await queueDifferences(shop);
    let total = 0;
    for (const owner of PRICE_OWNERS)
      for (let compared = OWNERS_A_READ; compared === OWNERS_A_READ && !signal?.aborted; total += compared)
        compared = await comparePage(owner, shop);
    await pool.query('UPDATE price_settings SET compared_at = clock_timestamp() WHERE shop_id = $1', [
      shop.shopId,
    ]);
    await findBreaches(shop.shopId);
    await wakeTask(pool, 'write-prices');
    return total;
  };
  return forEachShop('compare-prices', rows, compare, { signal });
}

interface Compared {
  id: bigint;
  digest: string;
}

async function comparePage(owner: PriceOwner, { shopId, domain }: DueShop): Promise<number> {
  const { table, id, key, gidType } = owner;
  const { rows } = await pool.query<Compared>(
    `SELECT ${id} AS id, digest FROM ${table} WHERE shop_id = $1 AND digest IS NOT NULL AND changed_at IS NULL
       AND compared_at < clock_timestamp() - interval '${COMPARED_HOURS} hours' ORDER BY compared_at, ${id} LIMIT ${OWNERS_A_READ}`,
    [shopId],
  );
  if (rows.length === 0) return 0;
  const read = await readMetafields(
    domain,
    key,
    rows.map((row) => idToGid(gidType, row.id)),
  );
  if (read.length !== rows.length)
    throw new UpstreamError('metafields are missing', { retryable: true, outcomeKnown: true });
  const digests = read.map((each) => (each.isGone ? null : (each.metafield?.digest ?? null)));
  const gone = read.map((each) => each.isGone);
  await pool.query(
    `UPDATE ${table} p SET compared_at = clock_timestamp(), failure = CASE WHEN n.is_gone THEN 'gone' END,
       digest = n.digest, written = CASE WHEN n.digest IS NOT DISTINCT FROM p.digest THEN p.written END,
       changed_at = CASE WHEN n.is_gone OR n.digest IS NOT DISTINCT FROM p.digest THEN p.changed_at ELSE clock_timestamp() END
     FROM unnest($2::bigint[], $3::text[], $4::bool[]) AS n (id, digest, is_gone) WHERE p.shop_id = $1 AND p.${id} = n.id`,
    [shopId, bigintArray(rows.map((row) => row.id)), digests, gone],
  );
  return rows.length;
}
