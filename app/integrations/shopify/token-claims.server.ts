/** Session tokens of every surface, as far as they are alike: Shopify signs all of them for this app with its secret. */
import { jwtVerify, type JWTPayload } from 'jose';
import { env } from '#app/env.server.ts';

const KEY = new TextEncoder().encode(env.SHOPIFY_API_SECRET);

/** As Shopify's own library checks tokens (shopify-api, decode-session-token), which has no door outside of Remix. */
const RULES = { algorithms: ['HS256'], clockTolerance: 10, requiredClaims: ['exp'] };

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;
const SHOP_DOMAIN = /^(?:https:\/\/)?([a-z0-9][a-z0-9-]*\.myshopify\.com)\/?$/;

/**
 * Returns the claims of an `Authorization` header's token that Shopify signed for this app (`aud`) and that has not
 * expired; null without one. Of which surface it is, the caller decides by `sub`.
 */
export async function readTokenClaims(authorization: string | undefined): Promise<JWTPayload | null> {
  const [, token] = BEARER.exec(authorization ?? '') ?? [];
  const claims = token === undefined ? null : await verify(token);
  return claims?.aud === env.SHOPIFY_API_KEY ? claims : null;
}

/** Returns the domain of the shop that a token is for, or null for anything else in `dest`. */
export function shopOfToken({ dest }: JWTPayload): string | null {
  const [, domain] = (typeof dest === 'string' && SHOP_DOMAIN.exec(dest)) || [];
  return domain ?? null;
}

/** What is wrong with a token is of no use to its sender, and its text belongs in no log. */
async function verify(token: string): Promise<JWTPayload | null> {
  try {
    return (await jwtVerify(token, KEY, RULES)).payload;
  } catch {
    return null;
  }
}
