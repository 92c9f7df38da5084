import { logger } from '#app/lib/logger.server.ts';
import { bulkOrdersQueries } from './bulk-orders.ts';
import { startBulkQuery, type BulkStart } from './bulk.server.ts';

/**
 * Starts the bulk operation of all orders since a timestamp under a unique name. Where Shopify refuses discount
 * applications and shipping lines in it, without these: orders with a code are then read one by one, which takes
 * longer, and tax on duties counts as the shipping's. Throws UpstreamError.
 */
export async function startBulkOrders(shopDomain: string, name: string, since: Date): Promise<BulkStart> {
  const [wanted, fallback] = bulkOrdersQueries(name, since);
  const started = await startBulkQuery(shopDomain, wanted);
  if (started.ok || started.reason === 'busy') return started;
  const again = await startBulkQuery(shopDomain, fallback);
  if (again.ok)
    logger.warn(
      { shop: shopDomain },
      'Shopify refuses the bulk query of orders: those with codes are read one by one, tax on duties counts as that of the shipping',
    );
  return again;
}
