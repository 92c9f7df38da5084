/**
 * Customers who changed at Shopify are read again each hour: a lost webhook repairs itself, and what webhooks do not
 * carry (metafields, consents) comes in.
 */
import { pool, withTransaction } from '#app/db.server.ts';
import { readChangedCustomers } from '#app/integrations/shopify/changed-customers.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { keepCustomers } from './keep-customers.server.ts';

/** Customers who change while a run reads, and clocks that differ, are seen again by the next one. */
const OVERLAP = '5 minutes';

interface DueShop {
  shopId: bigint;
  domain: string;
  since: Date;
  until: Date;
}

/** From where the last complete run ended, or the first sync began; never from the future, should a clock have jumped. */
const DUE = `
  SELECT s.shop_id AS "shopId", s.domain, statement_timestamp() AS until,
    least(coalesce(s.customers_reconciled_until, r.started_at), statement_timestamp()) - interval '${OVERLAP}' AS since
  FROM shops s JOIN sync_runs r ON r.shop_id = s.shop_id AND r.kind = 'customers' AND r.state = 'done'
  WHERE ${IS_INSTALLED_SQL} ORDER BY s.shop_id`;

/** Reads the changed customers of every shop whose first sync is done; answers how many there were. */
export async function reconcileCustomers(signal?: AbortSignal): Promise<number> {
  const { rows: shops } = await pool.query<DueShop>(DUE);
  let seen = 0;
  for (const shop of shops) {
    if (signal?.aborted) break;
    seen += await reconcileShopCustomers(shop, signal);
  }
  return seen;
}

/** A shop that fails is tried again from the same moment, and does not stop the others. */
async function reconcileShopCustomers(shop: DueShop, signal?: AbortSignal): Promise<number> {
  let seen = 0;
  try {
    for await (const page of readChangedCustomers(shop.domain, shop.since)) {
      signal?.throwIfAborted();
      await withTransaction((tx) => keepCustomers(tx, shop.shopId, page, 'shopify'));
      seen += page.length;
    }
    await pool.query('UPDATE shops SET customers_reconciled_until = $2 WHERE shop_id = $1', [
      shop.shopId,
      shop.until,
    ]);
  } catch (error) {
    logger.warn({ shop: shop.domain, reason: safeErrorText(error) }, 'customers not reconciled');
  }
  return seen;
}
