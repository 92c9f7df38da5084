import { pool } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { authenticate } from '#app/shopify.server.ts';
import { findShop, isInstalled, type Shop } from './find-shop.server.ts';
import { ensureInstalled } from './install.server.ts';

/** A shop that the app is installed in, with what is known only from then on. */
export type InstalledShop = Shop & { currency: string };

/** A request of the embedded admin: its shop, and the staff user (Shopify's id) who sent it. */
export type AdminRequest = InstalledShop & { userId: string };

/**
 * The shop that an embedded admin request speaks for, by its session token. The first request of a shop installs it.
 * Throws the Response that Shopify's library wants sent when there is no valid token.
 */
export async function authenticateAdmin(request: Request): Promise<AdminRequest> {
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
