/** The session tokens with which checkout extensions ask on behalf of a customer. */
import { jwtVerify, type JWTPayload } from 'jose';
import { env } from '#app/env.server.ts';
import { gidToId } from '#app/lib/ids.ts';

/** The signed-in customer an extension acts for. */
export interface CustomerToken {
  /** `{shop}.myshopify.com` */
  shopDomain: string;
  customerId: bigint;
}

const KEY = new TextEncoder().encode(env.SHOPIFY_API_SECRET);

/** As Shopify's own library checks tokens (shopify-api, decode-session-token), which has no door outside of Remix. */
const RULES = { algorithms: ['HS256'], clockTolerance: 10, requiredClaims: ['exp'] };

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;
const SHOP_DOMAIN = /^(?:https:\/\/)?([a-z0-9][a-z0-9-]*\.myshopify\.com)\/?$/;

/**
 * Returns the customer of an `Authorization` header; null unless it carries a token that Shopify signed for this app
 * (`aud`), that has not expired, and whose subject is a customer: the admin's tokens have the same signature.
 */
export async function readCustomerToken(authorization: string | undefined): Promise<CustomerToken | null> {
  const [, token] = BEARER.exec(authorization ?? '') ?? [];
  const claims = token === undefined ? null : await verify(token);
  if (claims?.aud !== env.SHOPIFY_API_KEY) return null;
  const { dest, sub } = claims;
  const [, shopDomain] = (typeof dest === 'string' && SHOP_DOMAIN.exec(dest)) || [];
  const customerId = typeof sub === 'string' ? gidToId(sub, 'Customer') : null;
  return shopDomain === undefined || customerId === null ? null : { shopDomain, customerId };
}

/** What is wrong with a token is of no use to its sender, and its text belongs in no log. */
async function verify(token: string): Promise<JWTPayload | null> {
  try {
    return (await jwtVerify(token, KEY, RULES)).payload;
  } catch {
    return null;
  }
}
