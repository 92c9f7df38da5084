import { pool } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { authenticate } from '#app/shopify.server.ts';
import { findShop, isInstalled, type Shop } from '#app/modules/shops/find-shop.server.ts';
import { hasForeignToken } from './admin-claims.ts';
import { ensureInstalled } from '#app/modules/home/install.server.ts';

/** A shop with the app installed, and what is known only from then on. */
export type InstalledShop = Shop & { currency: string };

/** A request of the embedded admin: its shop, and the staff user (Shopify's id) who sent it. */
export type AdminRequest = InstalledShop & { userId: string };

/**
 * Returns the shop and staff user of an embedded admin request, by its session token. The first request of a shop
 * installs it. Throws the Response to send instead: 401 for a token of another surface, or what Shopify's library
 * answers when there is no valid token.
 */
export async function authenticateAdmin(request: Request): Promise<AdminRequest> {
  if (hasForeignToken(request)) throw new Response(null, { status: 401 });
  const { session, sessionToken } = await authenticate.admin(request);
  return { ...(await readyShop(session.shop)), userId: sessionToken.sub };
}

async function readyShop(domain: string): Promise<InstalledShop> {
  const known = await findShop(pool, domain);
  if (known && isReady(known)) return known;
  await ensureInstalled(domain);
  const shop = await findShop(pool, domain);
  invariant(shop && isReady(shop), `${domain} is installed and has a currency`);
  return shop;
}

function isReady(shop: Shop): shop is InstalledShop {
  return isInstalled(shop) && shop.currency !== null;
}
