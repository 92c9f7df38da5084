/** The session tokens of order pages, which a buyer sees before they sign in. */
import { gidToId } from '#app/lib/ids.ts';
import { readTokenClaims, shopOfToken } from './token-claims.server.ts';

/** The buyer an extension acts for. */
export interface BuyerToken {
  /** `{shop}.myshopify.com` */
  shopDomain: string;
  /** Null before a sign-in. */
  customerId: bigint | null;
}

/**
 * Returns the buyer of an `Authorization` header; null unless it carries a token that Shopify signed for this app and that
 * has not expired, whose subject is a customer or no one at all: a token with another subject, and one that says it is of
 * the admin, is of staff.
 */
export async function readBuyerToken(authorization: string | undefined): Promise<BuyerToken | null> {
  const claims = await readTokenClaims(authorization);
  if (!claims) return null;
  const shopDomain = shopOfToken(claims);
  if (shopDomain === null) return null;
  const { sub, iss, sid } = claims;
  if (sub === undefined) {
    const isOfAdmin = sid !== undefined || (typeof iss === 'string' && iss.endsWith('/admin'));
    return isOfAdmin ? null : { shopDomain, customerId: null };
  }
  const customerId = gidToId(sub, 'Customer');
  return customerId === null ? null : { shopDomain, customerId };
}
