/** Requests that Shopify forwards from a shop's pages: which are believed, and that Shopify's library says the same. */
import '@shopify/shopify-api/adapters/node';
import { ApiVersion, shopifyApi } from '@shopify/shopify-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proxyReader } from '#app/integrations/shopify/app-proxy.server.ts';
import { proxySearch, proxySignature } from '#test/support/proxy-search.ts';

const SECRET = 'hush';
const SHOP = 'shop-name.myshopify.com';
const read = proxyReader(SECRET);
const library = shopifyApi({
  apiKey: 'key',
  apiSecretKey: SECRET,
  hostName: 'app.example',
  apiVersion: ApiVersion.July26,
  isEmbeddedApp: true,
});

describe("the example of Shopify's documentation", () => {
  const search =
    'extra=1&extra=2&shop=shop-name.myshopify.com&logged_in_customer_id=1&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555';
  const signature = '4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb';
  const then = 1_317_327_555_000;

  test('is believed at its time, and 90 seconds before and after', () => {
    const caller = { shopDomain: SHOP, customerId: 1n };
    for (const ms of [then, then - 90_000, then + 90_000])
      expect(read(`${search}&signature=${signature}`, ms)).toEqual(caller);
  });

  test('is not believed later, earlier, with another customer or another signature', () => {
    expect(read(`${search}&signature=${signature}`, then + 91_000)).toBeNull();
    expect(read(`${search}&signature=${signature}`, then - 91_000)).toBeNull();
    expect(read(`${search.replace('id=1', 'id=2')}&signature=${signature}`, then)).toBeNull();
    for (const wrong of [
      '',
      'x',
      signature.toUpperCase(),
      signature.slice(1),
      `${signature}0`,
      '0'.repeat(64),
    ])
      expect(read(`${search}&signature=${wrong}`, then)).toBeNull();
    expect(read(search, then)).toBeNull();
  });
});

test("what is signed is as Shopify's library has it, whatever the page sends along", async () => {
  const name = fc.constantFrom('a', 'cart', 'currency', 'extra', 'lines', 'zone');
  const sent = fc.array(fc.tuple(name, fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sent, fc.boolean(), async (own, isDamaged) => {
      const parameters: [string, string][] = [
        ...own,
        ['shop', SHOP],
        ['logged_in_customer_id', '7'],
        ['path_prefix', '/apps/setia'],
        ['timestamp', String(Math.floor(Date.now() / 1_000))],
      ];
      const signed = new URLSearchParams(parameters);
      signed.append('signature', proxySignature(parameters, isDamaged ? 'other' : SECRET));
      const theirs = await library.utils.validateHmac(signed, { signator: 'appProxy' });
      expect(read(signed.toString()) !== null).toBe(theirs);
      expect(theirs).toBe(!isDamaged);
    }),
  );
});

test.each<[string, string]>([
  ['two customers', `${proxySearch(SHOP, 1, {}, SECRET)}&logged_in_customer_id=2`],
  ['no customer parameter', proxySearch(SHOP, 1, { logged_in_customer_id: undefined }, SECRET)],
  ['a customer that is no number', proxySearch(SHOP, null, { logged_in_customer_id: '1,2' }, SECRET)],
  ['customer 0', proxySearch(SHOP, 0, {}, SECRET)],
  ['a customer too large', proxySearch(SHOP, 9_223_372_036_854_775_808n, {}, SECRET)],
  ['no shop', proxySearch(SHOP, 1, { shop: undefined }, SECRET)],
  ['a shop that is none', proxySearch('evil.test', 1, {}, SECRET)],
  ['a shop that ends like one', proxySearch('one.myshopify.com.evil.test', 1, {}, SECRET)],
  ['no time', proxySearch(SHOP, 1, { timestamp: undefined }, SECRET)],
  ['a time that is none', proxySearch(SHOP, 1, { timestamp: 'now' }, SECRET)],
  ['a time with a fraction', proxySearch(SHOP, 1, { timestamp: `${Date.now() / 1_000 + 0.5}` }, SECRET)],
  ['another secret', proxySearch(SHOP, 1, {}, 'other')],
  ['nothing', ''],
])('%s: not believed', (_what, search) => {
  expect(read(search)).toBeNull();
});

test('a guest is a guest', () => {
  expect(read(proxySearch(SHOP, null, {}, SECRET))).toEqual({ shopDomain: SHOP, customerId: null });
});
