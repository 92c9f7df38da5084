/** The session tokens with which the extensions of the till and of Shopify's admin ask on behalf of a staff user. */
import type { JWTPayload } from 'jose';
import { readTokenClaims, shopOfToken } from './token-claims.server.ts';

/** The staff user an extension acts for: who is signed in, at a till not the member of staff whose PIN was typed last. */
export interface StaffToken {
  /** `{shop}.myshopify.com` */
  shopDomain: string;
  /** Shopify's id of the user. */
  userId: string;
}

/** A user's id. A customer's is a gid, and a guest has none. */
const USER_ID = /^[1-9]\d{0,17}$/;

/**
 * Returns the staff user of an `Authorization` header; null unless it carries a valid token for this app whose subject is
 * a user's number. Shoppers' tokens have the same signature and audience, and Shopify's library lets them into its `pos`
 * door: telling them apart is our own check. The issuer, where there is one, is the shop's own; the admin's tokens have
 * one, what a till's say is not documented.
 */
export async function readStaffToken(authorization: string | undefined): Promise<StaffToken | null> {
  const claims = await readTokenClaims(authorization);
  const shopDomain = claims && shopOfToken(claims);
  if (!shopDomain || !isIssuedBy(claims, shopDomain)) return null;
  const { sub } = claims;
  return typeof sub === 'string' && USER_ID.test(sub) ? { shopDomain, userId: sub } : null;
}

function isIssuedBy({ iss }: JWTPayload, shopDomain: string): boolean {
  return iss === undefined || iss === `https://${shopDomain}` || iss === `https://${shopDomain}/admin`;
}
