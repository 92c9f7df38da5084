/** The link in an invitation: it notes that it was opened, and leads to the shop's sign-in. */
import { pool } from '#app/db.server.ts';
import { storeAddress } from '#app/integrations/shopify/store-address.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';

const CODE = /^([0-9a-z]{1,12})-[\w-]{22}$/;
const RADIX = 36;

/** Where a shop's customers sign in: its new customer accounts, or its old ones, by the same address. */
const signInAddress = (shopDomain: string): string => storeAddress(shopDomain, '/account');

interface Found {
  shopId: bigint;
  shop: string;
  domain: string;
}

async function find(code: string): Promise<Found | null> {
  const [, shop] = CODE.exec(code) ?? [];
  if (shop === undefined) return null;
  const { rows } = await pool.query<Found>(
    `SELECT i.shop_id AS "shopId", coalesce(s.name, s.domain) AS shop, s.domain FROM invitations i JOIN shops s USING (shop_id)
      WHERE i.shop_id = $1 AND i.code = $2 AND ${IS_INSTALLED_SQL}`,
    [BigInt(Number.parseInt(shop, RADIX)), code],
  );
  return rows[0] ?? null;
}

/** Which shop the link is of; null for a link that is none. Opening it changes nothing: programs of mail servers do. */
export async function readInvitation(code: string): Promise<{ shop: string; signIn: string } | null> {
  const found = await find(code);
  return found && { shop: found.shop, signIn: signInAddress(found.domain) };
}

/** Notes that a person opened it. Returns where they sign in; null for a link that is none. */
export async function openInvitation(code: string): Promise<string | null> {
  const found = await find(code);
  if (!found) return null;
  await pool.query(
    'UPDATE invitations SET seen_at = coalesce(seen_at, clock_timestamp()) WHERE shop_id = $1 AND code = $2',
    [found.shopId, code],
  );
  return signInAddress(found.domain);
}
