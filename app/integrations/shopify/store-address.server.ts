import { env } from '#app/env.server.ts';

/** Returns the address of a page of a shop's storefront; with a sandbox beside the app, of its storefront. */
export function storeAddress(shopDomain: string, path: string): string {
  const origin = env.SHOPIFY_SANDBOX_ORIGIN;
  return origin === undefined ? `https://${shopDomain}${path}` : `${origin}/store/${shopDomain}${path}`;
}
