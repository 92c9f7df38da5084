import { env } from '#app/env.server.ts';
import { gidToId } from '#app/lib/ids.ts';
import { authenticate } from '#app/shopify.server.ts';

/** The signed-in customer for whom an extension asks. */
export interface CustomerToken {
  shopDomain: string;
  customerId: bigint;
}

/** Adds the headers with which an extension's origin may read a response. */
export type Cors = (response: Response) => Response;

export type TokenCheck = { ok: true; token: CustomerToken; cors: Cors } | { ok: false; response: Response };

const SHOP_DOMAIN = /^(?:https:\/\/)?([a-z0-9][a-z0-9-]*\.myshopify\.com)\/?$/;

/**
 * Checks the session token of a checkout extension. Shopify's library verifies signature and age, but takes tokens of
 * every surface and of any app (design/SHOPIFY.md 5.2): that the token is this app's (`aud`) and a customer's (`sub`) is
 * checked here. Answers 401 for no valid token, 403 for a valid one of somebody else; OPTIONS is answered too.
 */
export async function checkCustomerToken(request: Request): Promise<TokenCheck> {
  let context;
  try {
    context = await authenticate.public.checkout(request);
  } catch (answer) {
    if (!(answer instanceof Response)) throw answer;
    // Without this header the browser would report a lost connection instead of 401.
    answer.headers.set('Access-Control-Allow-Origin', '*');
    return { ok: false, response: answer };
  }
  const { sessionToken, cors } = context;
  const [, shopDomain] = SHOP_DOMAIN.exec(sessionToken.dest) ?? [];
  const customerId = typeof sessionToken.sub === 'string' ? gidToId(sessionToken.sub, 'Customer') : null;
  if (sessionToken.aud !== env.SHOPIFY_API_KEY || shopDomain === undefined || customerId === null) {
    return { ok: false, response: cors(new Response(null, { status: 403 })) };
  }
  return { ok: true, token: { shopDomain, customerId }, cors };
}
