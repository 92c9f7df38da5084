import '@shopify/shopify-app-remix/server';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { env } from '#app/env.server.ts';

const SHOP_HOST = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/**
 * The fetch used by Shopify's library. The library sets no timeout: here every request gets one, and with
 * `sandboxOrigin` set every `https://{shop}.myshopify.com/path` goes to `{sandboxOrigin}/path` with the shop in
 * `x-sandbox-shop`.
 */
export function shopifyFetch(sandboxOrigin: string | undefined): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(env.SHOPIFY_TIMEOUT_MS)]);
    const url = new URL(request.url);
    if (sandboxOrigin === undefined || !SHOP_HOST.test(url.hostname)) return fetch(request, { signal });
    const headers = new Headers(request.headers);
    headers.set('x-sandbox-shop', url.hostname);
    const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.text();
    return fetch(new URL(url.pathname + url.search, sandboxOrigin), {
      method: request.method,
      headers,
      body,
      signal,
    });
  };
}

// The library reads the function from a variable of its module; replacing the global fetch would not reach it.
// The library's adapter sets that variable when it loads, hence the import of the library above.
setAbstractFetchFunc(shopifyFetch(env.SHOPIFY_SANDBOX_ORIGIN));
