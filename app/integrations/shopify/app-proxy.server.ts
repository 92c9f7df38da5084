/** Requests of a shop's own pages, which Shopify forwards to the app signed: the app proxy of shopify.app.toml. */
import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { isStorableId } from '#app/lib/storable.ts';

/** Who asks through the proxy. */
export interface ProxyCaller {
  /** `{shop}.myshopify.com` */
  shopDomain: string;
  /** The customer that Shopify says is signed in at the shop; null for a guest. */
  customerId: bigint | null;
}

/** What Shopify adds to the page's own parameters; each once, or it isn't Shopify's request. */
const SHOPIFY_PARAMETERS = ['shop', 'logged_in_customer_id', 'path_prefix', 'timestamp', 'signature'];

/** A request may be as old as this: as Shopify's own library has it. */
const AGE_SECONDS_MAX = 90;
const MS_PER_SECOND = 1_000;

const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const HEX_SHA256 = /^[0-9a-f]{64}$/;
const CUSTOMER_ID = /^[1-9]\d{0,18}$/;
const TIMESTAMP = /^\d{1,12}$/;

/**
 * Returns a function that reads who asks, from the part of the address after the question mark: null unless Shopify
 * signed it for the app with this client secret within the last 90 seconds. What the page itself says of a customer is
 * never looked at. Same answers as `validateHmac` of @shopify/shopify-api (test/unit/integrations/app-proxy.test.ts),
 * which imports the key again for each request and lets a customer's id be repeated.
 */
export function proxyReader(secret: string): (search: string, nowMs?: number) => ProxyCaller | null {
  const key = createSecretKey(Buffer.from(secret, 'utf8'));
  return (search, nowMs = Date.now()) => {
    const parameters = new URLSearchParams(search);
    const [shop, customer, , timestamp, signature] = SHOPIFY_PARAMETERS.map((name) => {
      const [value, ...others] = parameters.getAll(name);
      return others.length > 0 ? undefined : value;
    });
    if (shop === undefined || !SHOP_DOMAIN.test(shop)) return null;
    if (timestamp === undefined || !TIMESTAMP.test(timestamp)) return null;
    if (signature === undefined || !isSignedBy(key, parameters, signature)) return null;
    if (Math.abs(nowMs / MS_PER_SECOND - Number(timestamp)) > AGE_SECONDS_MAX) return null;
    if (customer === '') return { shopDomain: shop, customerId: null };
    if (customer === undefined || !CUSTOMER_ID.test(customer)) return null;
    const customerId = BigInt(customer);
    return isStorableId(customerId) ? { shopDomain: shop, customerId } : null;
  };
}

function isSignedBy(key: KeyObject, parameters: URLSearchParams, signature: string): boolean {
  if (!HEX_SHA256.test(signature)) return false;
  const expected = createHmac('sha256', key).update(proxyMessage(parameters)).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

/**
 * What is signed: every parameter but the signature as `name=value`, values of one name joined, sorted, in a row. Sorted by
 * bytes, as the documentation's Ruby does; the library's order by language differs for capitals at the same place.
 */
function proxyMessage(parameters: URLSearchParams): string {
  const values = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (name === 'signature') continue;
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Array.from(values, ([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('');
}
