import { createHmac, randomUUID } from 'node:crypto';
import { TEST_ENVIRONMENT } from './environment.ts';

/** What to change of a valid token; `undefined` removes a claim. */
export interface TokenClaims {
  dest?: string | undefined;
  aud?: string | undefined;
  sub?: string | undefined;
  exp?: number | undefined;
  nbf?: number | undefined;
  iss?: string | undefined;
}

const LIFETIME_SECONDS = 60;

/** A session token as Shopify signs them for this app; valid for a minute unless the claims say otherwise. */
export function sessionToken(
  shop: string,
  claims: TokenClaims = {},
  secret: string = TEST_ENVIRONMENT.SHOPIFY_API_SECRET,
): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: `https://${shop}/admin`,
    dest: `https://${shop}`,
    aud: TEST_ENVIRONMENT.SHOPIFY_API_KEY,
    sub: '42',
    exp: now + LIFETIME_SECONDS,
    nbf: now - 5,
    iat: now - 5,
    jti: randomUUID(),
    sid: randomUUID(),
    ...claims,
  };
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The token of a signed-in customer at checkout. */
export function customerToken(shop: string, customerId: bigint | number, claims: TokenClaims = {}): string {
  return sessionToken(shop, { dest: shop, sub: `gid://shopify/Customer/${customerId}`, ...claims });
}
