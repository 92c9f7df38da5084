/** The part of an address behind the question mark as Shopify forwards it through the app proxy. */
import { createHmac } from 'node:crypto';
import { TEST_ENVIRONMENT } from './environment.ts';

/** What to change of it before it is signed; `undefined` leaves a parameter out. */
export interface ProxyChange {
  shop?: string | undefined;
  logged_in_customer_id?: string | undefined;
  path_prefix?: string | undefined;
  timestamp?: string | undefined;
  /** The page's own parameters. */
  [name: string]: string | undefined;
}

/** Signs parameters as Shopify's documentation says. */
export function proxySignature(
  parameters: readonly (readonly [string, string])[],
  secret: string = TEST_ENVIRONMENT.SHOPIFY_API_SECRET,
): string {
  const values = new Map<string, string[]>();
  for (const [name, value] of parameters) values.set(name, [...(values.get(name) ?? []), value]);
  const message = [...values]
    .map(([name, all]) => `${name}=${all.join(',')}`)
    .sort()
    .join('');
  return createHmac('sha256', secret).update(message).digest('hex');
}

/** Returns a signed search of a customer of the shop; null for a guest. */
export function proxySearch(
  shop: string,
  customerId: bigint | number | null,
  change: ProxyChange = {},
  secret?: string,
): string {
  const parameters = Object.entries({
    shop,
    logged_in_customer_id: customerId === null ? '' : String(customerId),
    path_prefix: '/apps/setia',
    timestamp: String(Math.floor(Date.now() / 1_000)),
    ...change,
  }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const search = new URLSearchParams(parameters.map(([name, value]) => [name, value]));
  search.append('signature', proxySignature(parameters, secret));
  return search.toString();
}
