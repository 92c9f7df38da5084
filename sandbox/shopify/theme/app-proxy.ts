/** The app proxy: `/apps/setia/...` of a store goes to the app, signed, with the shopper that is signed in. */
import { createHmac } from 'node:crypto';
import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import type { Shoppers } from '../storefront/shoppers.ts';
import { visitOf } from '../storefront/visit.ts';

/** Longer than this Shopify waits for no app; not known exactly. */
const TIMEOUT_MS = 30_000;
/** What is passed on: no cookie of either side, nothing that names the shopper's browser. */
const REQUEST_HEADERS = ['accept', 'accept-language', 'content-type', 'user-agent'];
const RESPONSE_HEADERS = ['content-type', 'cache-control', 'retry-after', 'allow', 'location'];
const MS_PER_SECOND = 1_000;

/** Registers the proxy of shopify.app.toml under every store. */
export function registerAppProxy(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  const { proxy } = sandbox.appConfig;
  if (!proxy) return;
  const prefix = `/${proxy.prefix}/${proxy.subpath}`;
  router.add('*', `/store/:shop${prefix}/*rest`, (exchange) => forward(exchange, sandbox, shoppers, prefix));
}

async function forward(
  exchange: Exchange,
  sandbox: Sandbox,
  shoppers: Shoppers,
  prefix: string,
): Promise<void> {
  const { request, response, url, params } = exchange;
  const { shop, shopper } = visitOf(exchange, sandbox, shoppers);
  const { appUrl, apiSecret } = sandbox.options;
  const target = new URL(`${sandbox.appConfig.proxy?.url ?? ''}/${params.rest ?? ''}`, appUrl);
  target.search = signedSearch(url.searchParams, apiSecret, {
    shop: shop.domain,
    logged_in_customer_id: String(shopper.customerId ?? ''),
    path_prefix: prefix,
    // The machine's time, as the app compares it with its own.
    timestamp: String(Math.floor(Date.now() / MS_PER_SECOND)),
  });
  const headers = REQUEST_HEADERS.flatMap((name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const method = request.method ?? 'GET';
  const body = method === 'GET' || method === 'HEAD' ? null : new Uint8Array(await exchange.body());
  try {
    const answer = await fetch(target, {
      method,
      headers: Object.fromEntries(headers),
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const kept = RESPONSE_HEADERS.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    response.writeHead(answer.status, Object.fromEntries(kept));
    response.end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    exchange.sendText(502, 'There was an error in the third-party application.');
  }
}

/**
 * The page's own parameters with Shopify's and their signature. A page that sends a parameter of Shopify's name gets it
 * replaced. How Shopify treats that is not known.
 */
export function signedSearch(own: URLSearchParams, secret: string, added: Record<string, string>): string {
  const search = new URLSearchParams(own);
  search.delete('signature');
  for (const [name, value] of Object.entries(added)) search.set(name, value);
  const values = new Map<string, string[]>();
  for (const [name, value] of search) values.set(name, [...(values.get(name) ?? []), value]);
  const message = Array.from(values, ([name, all]) => `${name}=${all.join(',')}`)
    .toSorted()
    .join('');
  search.append('signature', createHmac('sha256', secret).update(message).digest('hex'));
  return search.toString();
}
