import { withTransaction, type Transaction } from '#app/db.server.ts';
import { adminGraphql } from '#app/integrations/shopify/admin-client.server.ts';
import { READ_SHOP } from '#app/integrations/shopify/operations/shop.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { storeScopes, updateScopes } from '#app/modules/shops/uninstall.server.ts';
import type { ReadShopQuery } from '#app/types/admin.generated.d.ts';
import { begin } from './start-sync.server.ts';

/**
 * Stores what the merchant has granted, as Shopify says it now, and starts importing orders when older ones can be read
 * since. Throws UpstreamError.
 */
export async function refreshAccess({ shopId, domain }: { shopId: bigint; domain: string }): Promise<void> {
  const { currentAppInstallation } = await adminGraphql<ReadShopQuery>(domain, READ_SHOP);
  const scopes = currentAppInstallation.accessScopes.map(({ handle }) => handle);
  await withTransaction(async (tx) => {
    if (await storeScopes(tx, shopId, scopes)) await begin(tx, shopId, ['orders']);
  });
}

/** Processes app/scopes_update, to the same effect. */
export async function receiveScopes(tx: Transaction, event: ShopEvent): Promise<void> {
  if (await updateScopes(tx, event)) await begin(tx, event.shopId, ['orders']);
}
