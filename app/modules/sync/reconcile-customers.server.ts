/**
 * Reads customers who changed at Shopify again every hour: this repairs lost webhooks, and brings in what webhooks don't
 * carry (metafields, consents).
 */
import { pool, withTransaction } from '#app/db.server.ts';
import { readChangedCustomers } from '#app/integrations/shopify/changed-customers.server.ts';
import { IS_INSTALLED_SQL, listInstalledShops } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { askApprovals } from './ask-approvals.server.ts';
import { storeCustomers } from './store-customers.server.ts';

/**
 * Overlap, so that the next run catches customers who changed during a run: Shopify's search finds them seconds to
 * minutes late, and clocks differ.
 */
const OVERLAP = '30 minutes';

interface DueShop {
  shopId: bigint;
  domain: string;
  since: Date;
  until: Date;
}

/**
 * Returns the end of the last complete run, or the start of the first sync; never in the future, in case a clock has
 * jumped.
 */
const DUE = `
  SELECT s.shop_id AS "shopId", s.domain, statement_timestamp() AS until,
    least(coalesce(s.customers_reconciled_until, r.started_at), statement_timestamp()) - interval '${OVERLAP}' AS since
  FROM shops s JOIN sync_runs r ON r.shop_id = s.shop_id AND r.kind = 'customers' AND r.state = 'done'
  WHERE ${IS_INSTALLED_SQL} ORDER BY s.shop_id`;

/**
 * Asks each shop what may be read, then reads the changed customers of every shop whose first sync is done, as far as
 * approved; returns how many there were.
 */
export async function reconcileCustomers(signal?: AbortSignal): Promise<number> {
  const installed = await listInstalledShops(pool);
  const asks = installed.map((shop) => ({
    shopId: shop.shopId,
    part: 'approvals',
    take: () => askApprovals(shop).then(() => 0),
  }));
  const { rows: due } = await pool.query<DueShop>(DUE);
  const reads = due.map((shop) => ({
    shopId: shop.shopId,
    part: '',
    take: () => reconcileShopCustomers(shop, signal),
  }));
  return forEachShop('reconcile-customers', [...asks, ...reads], ({ take }) => take(), { signal });
}

/** A shop that fails is retried from the same timestamp. */
async function reconcileShopCustomers(shop: DueShop, signal?: AbortSignal): Promise<number> {
  let seen = 0;
  for await (const page of readChangedCustomers(shop.domain, shop.since)) {
    signal?.throwIfAborted();
    await withTransaction((tx) => storeCustomers(tx, shop.shopId, page, 'shopify'));
    seen += page.length;
  }
  await pool.query('UPDATE shops SET customers_reconciled_until = $2 WHERE shop_id = $1', [
    shop.shopId,
    shop.until,
  ]);
  return seen;
}
