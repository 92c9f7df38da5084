/// <reference types="@shopify/ui-extensions/customer-account.page.render" />
/** The resellers' page of the customer account in Shopify's own tester. */
import { getExtension } from '@shopify/ui-extensions-tester';
import { waitFor } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import type { CheckView, ResellerItem, ResellerView } from '../../extensions/shared/reseller-api.ts';
import {
  accountOf,
  type App,
  APP_URL,
  control,
  createApp,
  CUSTOMER_ID,
  field,
  folderOf,
  give,
  ok,
  press,
  screenText,
  seeText,
  textsOf,
  type,
} from './account-host.ts';
import { club, REDEMPTION } from './club-server.ts';

const extension = getExtension('customer-account.page.render', {
  configSearchDir: folderOf('account-reseller'),
});

const KOPI: ResellerItem = {
  variantId: '11',
  title: 'Kopi – Biji',
  sku: 'KOPI-B',
  retailMinor: '9500000',
  breaks: [
    { quantity: 1, unitMinor: '8550000' },
    { quantity: 10, unitMinor: '8000000' },
  ],
};
const TEH: ResellerItem = {
  variantId: '22',
  title: 'Teh',
  sku: 'TEH-01',
  retailMinor: '4500000',
  breaks: [{ quantity: 1, unitMinor: '4500000' }],
};

const open = (changes: object = {}): ResellerView => ({
  state: 'open',
  terms: {
    category: 'Reseller',
    currency: 'IDR',
    currencyDigits: 2,
    minimumMinor: '50000000',
    minimumQuantity: 0,
  },
  items: [KOPI, TEH],
  next: null,
  ...changes,
});

const priced = (changes: Partial<CheckView> = {}): CheckView => ({
  lines: [{ variantId: '11', quantity: 12, grossMinor: '114000000', totalMinor: '96000000' }],
  grossMinor: '114000000',
  totalMinor: '96000000',
  isBelowMinimum: false,
  ...changes,
});

const ORDER = {
  id: 'gid://shopify/Order/1',
  name: '#1001',
  processedAt: '2026-11-21T12:00:00Z',
  statusPageUrl: 'https://store.example.test/orders/1',
  totalPrice: { amount: '855000.0', currencyCode: 'IDR' },
  lineItems: { nodes: [{ title: 'Kopi – Biji', quantity: 10, sku: 'KOPI-B' }] },
};

function setUp(
  answers: App['answers'] = {},
  { locale = 'en', customer = CUSTOMER_ID }: { locale?: 'en' | 'id'; customer?: string | null } = {},
) {
  vi.stubEnv('APP_URL', APP_URL);
  extension.setUp();
  const app = createApp({
    'GET /api/reseller': [ok(open())],
    'GET /api/club': [ok(club({ open: REDEMPTION }))],
    'POST /api/reseller/check': [ok(priced())],
    ...answers,
  });
  const orders = { nodes: [ORDER] };
  extension.fetch = async (input, init) =>
    String(input).startsWith('shopify://customer-account/')
      ? new Response(JSON.stringify({ data: { customer: { orders } } }))
      : app.fetch(input, init);
  const { shopify } = extension;
  const toasts: string[] = [];
  give(shopify, 'i18n', textsOf('account-reseller', locale));
  give(shopify, 'authenticatedAccount', accountOf(customer));
  give(shopify, 'sessionToken', { get: async () => 'token' });
  give(shopify, 'toast', { show: async (content: string) => void toasts.push(content) });
  give(shopify, 'query', async (_query: string, { variables }: { variables: { ids: string[] } }) => ({
    data: {
      shop: { primaryDomain: { url: 'https://store.example.test' } },
      nodes: variables.ids.map((id) => ({
        id,
        availableForSale: !id.endsWith('/22'),
        quantityAvailable: 40,
      })),
    },
  }));
  return { app, orders, toasts };
}

afterEach(() => {
  vi.useRealTimers();
  extension.tearDown();
  vi.unstubAllEnvs();
});

test.each<[string, App['answers'], string | null, string]>([
  ['signed out', {}, null, 'Sign in to see your prices.'],
  [
    'not approved',
    { 'GET /api/reseller': [ok({ state: 'not_approved' })] },
    CUSTOMER_ID,
    'This page is for approved resellers.',
  ],
  [
    'no permission',
    { 'GET /api/reseller': [{ status: 403, body: {} }] },
    CUSTOMER_ID,
    'The store doesn’t offer this page right now.',
  ],
  ['empty', { 'GET /api/reseller': [ok(open({ items: [] }))] }, CUSTOMER_ID, 'There’s nothing to order yet.'],
  [
    'unavailable',
    { 'GET /api/reseller': [ok({ state: 'unavailable' })] },
    CUSTOMER_ID,
    'Your prices can’t be shown right now.',
  ],
])('%s: says so', async (_state, answers, customer, text) => {
  const { app } = setUp(answers, { customer });
  await extension.render();
  await seeText(text);
  if (customer === null) expect(app.asked).toEqual([]);
});

test('price, breaks, stock, the minimum, points and code', async () => {
  setUp();
  await extension.render();
  await seeText('40 in stock');
  for (const text of [
    'Prices for Reseller',
    'Rp 85,500 (store price Rp 95,000)',
    'From 10 pieces: Rp 80,000 each',
    'Sold out',
    'Your prices apply to orders of Rp 500,000 or more.',
  ])
    expect(screenText()).toContain(text);
  await seeText('#1001 · Nov 21, 2026 · Rp 855,000');
  await seeText('You have 100 points to use.');
  expect(screenText()).toContain('Your open code: SETIA-ABCD');
  expect(field('Quantity of Teh').hasAttribute('disabled')).toBe(true);
});

test('in Indonesian', async () => {
  setUp({}, { locale: 'id' });
  await extension.render();
  await seeText('Mulai 10 buah: Rp 80.000 per buah');
  expect(screenText()).toContain('Harga Anda berlaku untuk belanja mulai Rp 500.000.');
});

test('typed quantities are priced together, and lead to cart and checkout', async () => {
  const { app } = setUp();
  await extension.render();
  await seeText('40 in stock');
  type('Quantity of Kopi – Biji', '12');
  await seeText('Total, 12 pieces');
  await seeText('Rp 960,000');
  expect(app.sent('POST /api/reseller/check').at(-1)?.body).toEqual({
    lines: [{ variantId: '11', quantity: 12 }],
  });
  expect(control('Check out').getAttribute('href')).toBe('https://store.example.test/cart/11:12');
  expect(control('To the cart').getAttribute('href')).toBe(
    'https://store.example.test/cart/11:12?storefront=true',
  );
  type('Quantity of Kopi – Biji', '41');
  await seeText('Only 40 left');
  type('Quantity of Kopi – Biji', '1.5');
  await seeText('Enter a whole number');
  press('Clear');
  await seeText('Nothing chosen yet.');
});

test('below the minimum: says so before the cart does', async () => {
  setUp({ 'POST /api/reseller/check': [ok(priced({ isBelowMinimum: true }))] });
  await extension.render();
  await seeText('40 in stock');
  type('Quantity of Kopi – Biji', '1');
  await seeText('These prices don’t apply yet.');
});

test('a pasted list: what is found is added, the rest is named', async () => {
  const { app, toasts } = setUp({
    'POST /api/reseller/skus': [ok({ items: [KOPI], missing: ['NO-1'], several: ['TWICE'] })],
  });
  await extension.render();
  await seeText('40 in stock');
  type('SKU, quantity', 'kopi-b, 5\nNO-1\t3\nTWICE;1\nnonsense\nKOPI-B 7');
  press('Add to order');
  await seeText('Not found: NO-1');
  expect(screenText()).toContain('Not readable: line 4.');
  expect(screenText()).toContain('More than one product has this SKU: TWICE');
  await seeText('12 × Kopi – Biji');
  expect(app.sent('POST /api/reseller/skus')[0]?.body).toEqual({ skus: ['kopi-b', 'NO-1', 'TWICE'] });
  expect(toasts).toEqual(['1 product added']);
});

test('a past order is ordered again', async () => {
  setUp({ 'POST /api/reseller/skus': [ok({ items: [KOPI], missing: [], several: [] })] });
  await extension.render();
  await seeText('#1001');
  expect(control('Order page and documents').getAttribute('href')).toBe(ORDER.statusPageUrl);
  press('Order again');
  await seeText('10 × Kopi – Biji');
});

test('search and further pages keep what was chosen', async () => {
  const { app } = setUp({
    'GET /api/reseller': [
      ok(open({ items: [KOPI], next: 'c1' })),
      ok(open({ items: [TEH] })),
      ok(open({ items: [] })),
    ],
  });
  await extension.render();
  await seeText('40 in stock');
  type('Quantity of Kopi – Biji', '12');
  press('Show more');
  await waitFor(() => expect(field('Quantity of Teh')).toBeTruthy());
  type('Search by name or SKU', 'zzz');
  await seeText('Nothing found.');
  expect(screenText()).toContain('12 × Kopi – Biji');
  expect(app.sent('GET /api/reseller').map(({ path }) => path.split('?')[1])).toEqual([
    'q=',
    'q=&after=c1',
    'q=zzz',
  ]);
});
