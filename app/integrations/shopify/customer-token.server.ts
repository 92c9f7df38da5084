/** The session tokens with which checkout extensions ask on behalf of a customer. */
import { gidToId } from '#app/lib/ids.ts';
import { readTokenClaims, shopOfToken } from './token-claims.server.ts';

/** The signed-in customer an extension acts for. */
export interface CustomerToken {
  /** `{shop}.myshopify.com` */
  shopDomain: string;
  customerId: bigint;
}

/**
 * Returns the customer of an `Authorization` header; null unless it carries a token that Shopify signed for this app
 * (`aud`), that has not expired, and whose subject is a customer: the admin's tokens have the same signature.
 */
export async function readCustomerToken(authorization: string | undefined): Promise<CustomerToken | null> {
  const claims = await readTokenClaims(authorization);
  if (!claims) return null;
  const shopDomain = shopOfToken(claims);
  const { sub } = claims;
  const customerId = typeof sub === 'string' ? gidToId(sub, 'Customer') : null;
  return shopDomain === null || customerId === null ? null : { shopDomain, customerId };
}
