/** The sandbox's storefront: themes from Liquid, the app's blocks, the cart's Ajax API, and the app proxy. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { proxyReader } from '#app/integrations/shopify/app-proxy.server.ts';
import { APP_NAMESPACE } from '#sandbox/shopify/app-namespace.ts';
import { BLOCKS, THEMES } from '#sandbox/shopify/theme/placed-blocks.ts';
import {
  API_SECRET,
  DEMO_SHOP,
  startTestSandbox,
  type TestSandbox,
  USD_SHOP,
} from '#test/support/sandbox.ts';

interface Forwarded {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
}

let sandbox: TestSandbox;
/** What the app was sent, and what it says. */
const forwarded: Forwarded[] = [];
const app = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    forwarded.push({
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://app'),
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    });
    const headers = {
      'content-type': 'application/json',
      'set-cookie': 'app=1',
      'retry-after': '7',
      'x-own': '1',
    };
    response.writeHead(409, headers).end('{"ok":false}');
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const address = app.address();
  sandbox = await startTestSandbox({
    appUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
  });
});
afterAll(async () => {
  await sandbox.close();
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
});
beforeEach(async () => {
  forwarded.length = 0;
  await sandbox.control('POST', '/_control/reset', {});
});

/** A browser of its own in a shop; signed in when an address is given. */
async function visitor(email: string | null = null, shop = DEMO_SHOP) {
  const base = `${sandbox.origin}/store/${shop}`;
  const first = await fetch(base);
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${base}${path}`, { redirect: 'manual', ...init, headers: { cookie, ...init.headers } });
  const json = (path: string, body: unknown) =>
    send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  if (email !== null) {
    const customer = String(sandbox.world.findCustomer(shop, email)?.id);
    await send('/sign-in', { method: 'POST', body: new URLSearchParams({ customer }) });
  }
  return { send, json, html: async (path: string) => (await send(path)).text() };
}

const SITI = 'siti.rahmawati@example.com';
const variantOf = (handle: string): number =>
  sandbox.world.findProduct(DEMO_SHOP, handle)?.variants[0]?.id ?? 0;
const tea = (): number => variantOf('teh-melati-premium');

const addCode = (code: string, amount: number) =>
  sandbox.control('POST', '/_control/discounts', { code, amount });

describe.each(THEMES)('the theme %s', (name) => {
  test('has every page, with every block where it belongs, in both languages', async () => {
    await sandbox.control('POST', '/_control/theme', { name, blocks: Object.keys(BLOCKS) });
    const siti = await visitor(SITI);
    await siti.json('/cart/add.js', { id: tea(), quantity: 1 });
    const pages = {
      index: '',
      collection: '/collections/all',
      product: '/products/teh-melati-premium',
      cart: '/cart',
      page: '/pages/club',
    };
    for (const locale of ['en', 'id'])
      for (const [template, path] of Object.entries(pages)) {
        const html = await siti.html(`${path}?locale=${locale}`);
        expect(html).toContain(`<html lang="${locale}"`);
        expect(html).not.toMatch(/Translation missing|undefined|\[object Object\]|\{\{|\{%/);
        const shown = Array.from(
          html.matchAll(/data-shopify-editor-block="([\w-]+)"/g),
          ([, handle]) => handle,
        );
        const here = Object.entries(BLOCKS).flatMap(([handle, where]) =>
          where === 'body' || where === template ? [handle] : [],
        );
        // Shown only where there is something to say: a promotion, a product for some, the club's facts, a drawer.
        const mayMiss = ['banner', 'members-only', 'product-points', 'cart-drawer'];
        expect(shown.filter((each) => !here.includes(String(each)))).toEqual([]);
        expect(here.filter((each) => !mayMiss.includes(each) && !shown.includes(each))).toEqual([]);
      }
  });

  test('shows points in groups of three, as the language writes them', async () => {
    await sandbox.control('POST', '/_control/theme', { name, blocks: ['cart-redeem'] });
    const siti = await visitor(SITI);
    await siti.json('/cart/add.js', { id: tea(), quantity: 1 });
    const customer = sandbox.world.shop(DEMO_SHOP).customers.find(({ email }) => email === SITI)!;
    const at = '2026-11-30T00:00:00Z';
    for (const [points, en, id] of [
      ['7', '7', '7'],
      ['999', '999', '999'],
      ['1000', '1,000', '1.000'],
      ['12345678', '12,345,678', '12.345.678'],
    ] as const) {
      customer.metafields = [
        {
          ...{ id: 1, namespace: APP_NAMESPACE, key: 'standing', type: 'json', createdAt: at, updatedAt: at },
          value: JSON.stringify({ v: 1, points }),
        },
      ];
      expect(await siti.html('/cart?locale=en')).toContain(`<strong>You have ${en} points</strong>`);
      expect(await siti.html('/cart?locale=id')).toMatch(
        new RegExp(`<strong>[^<]*\\b${id.replaceAll('.', '\\.')} poin`),
      );
    }
    customer.metafields = [];
  });

  test('has no trace of us while nothing is placed', async () => {
    await sandbox.control('POST', '/_control/theme', { name, blocks: [] });
    for (const path of ['', '/collections/all', '/products/teh-melati-premium', '/cart', '/pages/club'])
      expect(await (await visitor(SITI)).html(path)).not.toMatch(
        /setia-part|class="setia|extensions\/theme-club/,
      );
  });
});

describe('the cart', () => {
  test('has lines, codes of all kinds, and says which take something off', async () => {
    await addCode('TEN', 10_000);
    const guest = await visitor();
    await guest.json('/cart/add.js', { items: [{ id: tea(), quantity: 2 }] });
    const full = await (await guest.send('/cart.js')).json();
    expect(full).toMatchObject({
      currency: 'IDR',
      item_count: 2,
      total_price: 9_000_000,
      discount_codes: [],
    });
    const answer = await guest.json('/cart/update.js', { discount: 'ten,NOPE,TEN' });
    expect(await answer.json()).toMatchObject({
      total_price: 8_000_000,
      total_discount: 1_000_000,
      discount_codes: [
        { code: 'ten', applicable: true },
        { code: 'NOPE', applicable: false },
      ],
      cart_level_discount_applications: [{ title: 'TEN', total_allocated_amount: 1_000_000 }],
      items: [{ quantity: 2, final_line_price: 9_000_000 }],
    });
    expect(await (await guest.json('/cart/update.js', { discount: '' })).json()).toMatchObject({
      discount_codes: [],
      total_price: 9_000_000,
    });
  });

  test('changes lines by variant, and refuses what is none', async () => {
    const guest = await visitor();
    await guest.json('/cart/add.js', { id: tea() });
    expect(await (await guest.json('/cart/change.js', { id: tea(), quantity: 3 })).json()).toMatchObject({
      item_count: 3,
    });
    expect(await (await guest.json('/cart/update.js', { updates: { [tea()]: 0 } })).json()).toMatchObject({
      item_count: 0,
    });
    expect((await guest.json('/cart/add.js', { id: 'x' })).status).toBe(422);
    expect((await guest.json('/cart/change.js', { id: tea(), quantity: -1 })).status).toBe(422);
  });

  test('takes a code by its link, and returns to this store only', async () => {
    await addCode('LINK', 5_000);
    const guest = await visitor();
    await guest.json('/cart/add.js', { id: tea() });
    const back = await guest.send(`/discount/LINK?redirect=/store/${DEMO_SHOP}/cart`);
    expect([back.status, back.headers.get('location')]).toEqual([303, `/store/${DEMO_SHOP}/cart`]);
    const away = await guest.send('/discount/LINK?redirect=https://evil.test/');
    expect(away.headers.get('location')).toBe(`/store/${DEMO_SHOP}`);
    expect(await (await guest.send('/cart.js')).json()).toMatchObject({
      discount_codes: [{ code: 'LINK', applicable: true }],
      total_price: 4_000_000,
    });
  });

  test('draws only its section when it is asked to', async () => {
    const guest = await visitor();
    await guest.json('/cart/add.js', { id: tea() });
    const section = await guest.html('/cart?section_id=main-cart');
    expect(section).toMatch(/^<div id="main-cart">/);
    expect(section).not.toContain('<html');
  });
});

describe('the app proxy', () => {
  const read = proxyReader(API_SECRET);

  test('signs, names the customer, and passes no cookie in either direction', async () => {
    const siti = await visitor(SITI);
    const id = sandbox.world.findCustomer(DEMO_SHOP, SITI)?.id ?? 0;
    const answer = await siti.send('/apps/setia/club?cartAmount=5.00&currency=IDR&cartAmount=6.00');
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({ ok: false });
    expect(answer.headers.get('retry-after')).toBe('7');
    expect([answer.headers.get('set-cookie'), answer.headers.get('x-own')]).toEqual([null, null]);
    const [seen] = forwarded;
    expect(seen?.url.pathname).toBe('/proxy/club');
    expect(seen?.headers.cookie).toBeUndefined();
    expect(seen?.url.searchParams.get('path_prefix')).toBe('/apps/setia');
    expect(seen?.url.searchParams.getAll('cartAmount')).toEqual(['5.00', '6.00']);
    expect(read(seen?.url.search.slice(1) ?? '')).toEqual({ shopDomain: DEMO_SHOP, customerId: BigInt(id) });
  });

  test('a guest is a guest, and no page can say otherwise', async () => {
    const guest = await visitor();
    await guest.send(
      '/apps/setia/club?logged_in_customer_id=7&shop=other.myshopify.com&signature=00&timestamp=1',
    );
    expect(read(forwarded[0]?.url.search.slice(1) ?? '')).toEqual({
      shopDomain: DEMO_SHOP,
      customerId: null,
    });
  });

  test('passes bodies on, and only its own path', async () => {
    const siti = await visitor(SITI);
    await siti.json('/apps/setia/redemptions/x/release', { key: 'ä' });
    expect(forwarded[0]).toMatchObject({ method: 'POST', body: '{"key":"ä"}' });
    expect(forwarded[0]?.headers['content-type']).toBe('application/json');
    expect((await siti.send('/apps/other/club')).status).toBe(404);
    expect(forwarded).toHaveLength(1);
  });
});

test('prices of a list stand in no page of anyone: they are asked for by those who are signed in', async () => {
  const secret = '4321099';
  const now = sandbox.world.instant();
  const variant = sandbox.world.findProduct(DEMO_SHOP, 'teh-melati-premium')?.variants[0];
  const value = JSON.stringify({ v: 1, reseller: [[1, secret]] });
  const field = { id: sandbox.world.nextId(), namespace: APP_NAMESPACE, key: 'prices', type: 'json', value };
  if (variant) variant.metafields = [{ ...field, createdAt: now, updatedAt: now }];
  await sandbox.control('POST', '/_control/theme', { blocks: Object.keys(BLOCKS) });
  for (const email of [null, SITI])
    expect(await (await visitor(email)).html('/products/teh-melati-premium')).not.toContain(secret);
});

test('the second shop has a storefront of its own', async () => {
  expect(await (await visitor(null, USD_SHOP)).html('')).toContain('$');
});
