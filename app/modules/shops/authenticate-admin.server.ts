import { pool } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { authenticate } from '#app/shopify.server.ts';
import { findShop, isInstalled, type Shop } from './find-shop.server.ts';
import { ensureInstalled } from './install.server.ts';

/** A shop that the app is installed in, with what is known only from then on. */
export type InstalledShop = Shop & { currency: string };

/**
 * The shop that an embedded admin request speaks for, by its session token. The first request of a shop installs it.
 * Throws the Response that Shopify's library wants sent when there is no valid token.
 */
export async function authenticateAdmin(request: Request): Promise<InstalledShop> {
  const { session } = await authenticate.admin(request);
  const known = await findShop(pool, session.shop);
  if (known && isReady(known)) return known;
  await ensureInstalled(session.shop);
  const shop = await findShop(pool, session.shop);
  invariant(shop && isReady(shop), `${session.shop} is installed and has a currency`);
  return shop;
}

function isReady(shop: Shop): shop is InstalledShop {
  return isInstalled(shop) && shop.currency !== null;
}
