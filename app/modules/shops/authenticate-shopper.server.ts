import { pool } from '#app/db.server.ts';
import { checkCustomerToken, type Cors } from '#app/integrations/shopify/customer-token.server.ts';
import { findShop, isInstalled } from './find-shop.server.ts';

/** A customer of a shop in which the app is installed. */
export interface Shopper {
  shopId: bigint;
  shopDomain: string;
  customerId: bigint;
  cors: Cors;
}

/**
 * The customer for whom an extension asks. Throws the Response to send instead: 401 without a valid token, 403 for a
 * token of another app, of nobody's or of a shop without the app, 204 to OPTIONS.
 */
export async function authenticateShopper(request: Request): Promise<Shopper> {
  const check = await checkCustomerToken(request);
  if (!check.ok) throw check.response;
  const { shopDomain, customerId } = check.token;
  const shop = await findShop(pool, shopDomain);
  if (!shop || !isInstalled(shop)) throw check.cors(new Response(null, { status: 403 }));
  return { shopId: shop.shopId, shopDomain, customerId, cors: check.cors };
}
