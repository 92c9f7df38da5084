import { pool } from '#app/db.server.ts';
import { listInstalledShops } from './find-shop.server.ts';
import { forEachShop } from './for-each-shop.server.ts';
import { refreshShop } from './store-shop.server.ts';

/** Reads the settings of every shop at Shopify again, as no webhook brings them; returns how many shops were read. */
export async function refreshShops(signal?: AbortSignal): Promise<number> {
  const refresh = (shop: { shopId: bigint; domain: string }) => refreshShop(shop).then(() => 1);
  return forEachShop('refresh-shops', await listInstalledShops(pool), refresh, { signal });
}
