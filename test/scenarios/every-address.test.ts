/** Every address of the running server, as staff and as strangers reach it: headers of each answer, and what is refused. */
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { customerToken, sessionToken } from '../support/session-token.ts';

const SHOP = 'setia-demo.myshopify.com';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) Setia-Test';
const UUID = '0d1f6d3e-8d1e-4f0a-9a53-0c0a8f6e5f11';
let app: TestApp;

beforeAll(async () => {
  app = await startApp({ worker: false });
  await openClub(app, SHOP);
});
afterAll(() => app.stop());

/** Addresses of the routes, by their files. */
const ROUTES = fs
  .readdirSync(path.resolve(import.meta.dirname, '../../app/routes'))
  .map((file) =>
    file
      .replace(/\.tsx$/, '')
      .split('.')
      .map((part) => part.replace(/_$/, ''))
      .filter((part) => part !== '_index')
      .map((part) => (part === '$photoId' ? UUID : part.startsWith('$') ? '7001' : part))
      .join('/'),
  )
  .filter((address) => address.startsWith('app'))
  .map((address) => `/${address}`);
/** What a worker makes can't be had here, where none runs. */
const MADE_BY_WORKER = '/app/customers/import-template';
const CLUB_API = [
  '/api/club',
  '/api/redemptions',
  '/api/claims',
  '/api/membership',
  `/api/redemptions/${UUID}/release`,
];

/** Sends a request as it is given: `fetch` would not let a test choose the host or the origin. */
function send(method: string, address: string, headers: Record<string, string>, body?: string) {
  const { port } = new URL(app.appUrl);
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: string }>(
    (resolve, reject) => {
      const request = http.request(
        { host: '127.0.0.1', port, method, path: address, headers: { 'user-agent': BROWSER, ...headers } },
        (res) => {
          let text = '';
          res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: text }));
        },
      );
      request.on('error', reject).end(body);
    },
  );
}
const staff = () => ({ authorization: `Bearer ${sessionToken(SHOP)}` });

/** What is missing in the headers of a personal answer. */
function missing(headers: http.IncomingHttpHeaders): string[] {
  const wanted: [name: string, value: RegExp][] = [
    ['cache-control', /(^|, )no-store$/],
    ['x-content-type-options', /^nosniff$/],
    ['referrer-policy', /^same-origin$/],
  ];
  return wanted.flatMap(([name, value]) =>
    value.test(String(headers[name])) ? [] : [`${name}: ${String(headers[name])}`],
  );
}

test('no answer about persons is stored, guessed or named to another site: screens, data, files, API', async () => {
  const wrong: string[] = [];
  const statuses = new Map<number, number>();
  const ask = async (method: string, address: string, headers: Record<string, string>, body?: string) => {
    const answer = await send(method, address, headers, body);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const isLater = answer.status === 503 && address.startsWith(MADE_BY_WORKER);
    if (answer.status >= 500 && !isLater) wrong.push(`${method} ${address}: ${answer.status}`);
    for (const what of missing(answer.headers)) wrong.push(`${method} ${address}: ${what}`);
    return answer;
  };
  for (const address of ROUTES) {
    const shop = `shop=${SHOP}&host=YWRtaW4`;
    await ask('GET', `${address}?${shop}`, staff());
    await ask('GET', `${address}.data?${shop}`, staff());
    await ask(
      'POST',
      `${address}.data?index&${shop}`,
      { ...staff(), 'content-type': 'application/json' },
      '{}',
    );
    const page = await ask('GET', `${address}?${shop}&id_token=${sessionToken(SHOP)}&embedded=1`, {});
    if (String(page.headers['content-type']).startsWith('text/html'))
      expect(page.headers['content-security-policy']).toContain('frame-ancestors');
    await ask('GET', address, {});
  }
  const shopper = { authorization: `Bearer ${customerToken(SHOP, 7001)}` };
  for (const address of CLUB_API)
    for (const method of ['GET', 'POST', 'OPTIONS'])
      await ask(method, address, shopper, method === 'POST' ? '{}' : undefined);
  expect(wrong).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(ROUTES.length);
  expect(statuses.get(401)).toBeUndefined();
});

test('static files may be stored, and say so', async () => {
  const page = await send('GET', '/', {});
  const [script] = /\/assets\/[^"]+\.js/.exec(page.body) ?? [];
  const { headers } = await send('GET', script ?? '', {});
  expect(headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  expect(page.headers['content-security-policy']).toContain('frame-ancestors');
});

test('without the operations token there are no metrics and no figures', async () => {
  expect(await send('GET', '/metrics', {})).toMatchObject({ status: 404, body: '' });
  expect(await send('GET', '/metrics', { authorization: 'Bearer undefined' })).toMatchObject({ status: 404 });
  expect(await send('GET', '/healthz', {})).toMatchObject({ status: 200, body: '{"isHealthy":true}' });
});

test('posts from another site are refused with 403, each of them, and never 500', async () => {
  const refused = new Map<number, number>();
  for (const address of ROUTES)
    for (const origin of ['https://evil.test', 'null', 'nonsense', 'https://127.0.0.1.evil.test'])
      for (const suffix of ['', '.data']) {
        const answer = await send('POST', address + suffix, { ...staff(), origin }, '{}');
        refused.set(answer.status, (refused.get(answer.status) ?? 0) + 1);
      }
  expect(Object.fromEntries(refused)).toEqual({ 403: ROUTES.length * 8 });
});

test('a post from its own origin goes through', async () => {
  const headers = { ...staff(), origin: app.appUrl, 'content-type': 'application/json' };
  const answer = await send('POST', '/app/settings/failed-events.data?index', headers, '{"retry":"all"}');
  expect(answer.status).toBe(200);
});

test.each(['evil host', ':', '[::', 'a/b@c:99999', 'user@127.0.0.1', '127.0.0.1:999999'])(
  'the host %j is a bad request',
  async (host) => {
    expect((await send('GET', '/app', { ...staff(), host })).status).toBe(400);
  },
);

test.each([
  ['of another site', 'https://evil.test'],
  ['of no shop', 'https://one.myshopify.com.evil.test'],
  ['that is a checkout', SHOP],
])('a token %s is 401 on every screen', async (_whose, dest) => {
  const authorization = `Bearer ${sessionToken(SHOP, { dest, iss: `${dest}/admin` })}`;
  const statuses = new Set<number>();
  for (const address of ROUTES)
    statuses.add((await send('GET', `${address}.data`, { authorization })).status);
  expect([...statuses]).toEqual([401]);
});

test('addresses that no route knows are 404 or 400, not 500', async () => {
  const seen: number[] = [];
  for (const address of [
    '/nothing',
    '/app/nothing.data',
    '/%',
    '/app/%ff',
    '//evil.test',
    '/app/../../etc/passwd',
    '/__manifest?p=%ff',
  ])
    seen.push((await send('GET', address, staff())).status);
  expect(seen.filter((status) => status >= 500)).toEqual([]);
});
