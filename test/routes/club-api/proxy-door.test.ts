/** What a shop's pages ask through the app proxy, really signed: who gets in, what is refused, what it does. */
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { PROXY_ENDPOINTS } from '#app/modules/club-api/proxy-endpoints.server.ts';
import { useProxyDoor } from '#test/support/proxy-door.ts';
import { proxySearch } from '#test/support/proxy-search.ts';
import { customerToken, sessionToken } from '#test/support/session-token.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const GONE = 'gone.myshopify.com';
const now = Math.floor(Date.now() / 1_000);

beforeAll(async () => {
  await givenShop({ domain: SHOP });
  await givenShop({ domain: 'other.myshopify.com' });
  await givenShop({ domain: GONE });
  await pool.query('UPDATE shops SET uninstalled_at = clock_timestamp() WHERE domain = $1', [GONE]);
});

const call = useProxyDoor();
/** A customer of their own for each test, so that none waits for another. */
let customer = 7_300_000_000_001;
beforeEach(() => {
  customer += 1;
});
const own = () => proxySearch(SHOP, customer);

/** An address of each endpoint, and what it is sent. */
const REQUESTS: { path: string; method: 'GET' | 'POST'; body?: object }[] = [
  { path: 'club', method: 'GET' },
  { path: 'redemptions', method: 'POST', body: {} },
  { path: `redemptions/${randomUUID()}/release`, method: 'POST', body: {} },
  { path: 'claims', method: 'POST', body: {} },
  { path: 'membership', method: 'POST', body: {} },
  { path: 'prices', method: 'GET' },
  { path: 'earning', method: 'GET' },
  { path: 'apply', method: 'GET' },
  { path: 'apply', method: 'POST' },
  { path: 'apply/form', method: 'GET' },
  { path: 'apply/form', method: 'POST' },
];

it('every address is in the table below', () => {
  const found = PROXY_ENDPOINTS.map(({ path, method }) =>
    REQUESTS.filter((each) => each.method === method && path.test(`/proxy/${each.path}`)),
  );
  expect(found.map((each) => each.length)).toEqual(PROXY_ENDPOINTS.map(() => 1));
});

describe('forged signatures', () => {
  const genuine = proxySearch(SHOP, 42);
  const altered = (change: (search: URLSearchParams) => void): string => {
    const search = new URLSearchParams(genuine);
    change(search);
    return search.toString();
  };
  const FORGED: Record<string, string> = {
    'no parameters': '',
    'no signature': altered((search) => search.delete('signature')),
    'an empty signature': altered((search) => search.set('signature', '')),
    'a signature of zeros': altered((search) => search.set('signature', '0'.repeat(64))),
    'a signature that is no hex': altered((search) => search.set('signature', 'z'.repeat(64))),
    'two signatures': altered((search) => search.append('signature', search.get('signature') ?? '')),
    'the secret of another app': proxySearch(SHOP, 42, {}, 'another secret'),
    'an empty secret': proxySearch(SHOP, 42, {}, ''),
    'another customer': altered((search) => search.set('logged_in_customer_id', '43')),
    'a second customer': altered((search) => search.append('logged_in_customer_id', '43')),
    'a second customer, signed': proxySearch(SHOP, null, { logged_in_customer_id: '42,43' }),
    'a customer as gid, signed': proxySearch(SHOP, null, {
      logged_in_customer_id: 'gid://shopify/Customer/42',
    }),
    'no customer parameter, signed': proxySearch(SHOP, null, { logged_in_customer_id: undefined }),
    'another shop': altered((search) => search.set('shop', 'other.myshopify.com')),
    'a shop that is none, signed': proxySearch('evil.test', 42),
    'one more parameter': altered((search) => search.set('cartAmount', '5.00')),
    'a parameter less': altered((search) => search.delete('path_prefix')),
    'two minutes old': proxySearch(SHOP, 42, { timestamp: String(now - 120) }),
    'two minutes ahead': proxySearch(SHOP, 42, { timestamp: String(now + 120) }),
    'another time': altered((search) => search.set('timestamp', String(now - 1))),
    'no time, signed': proxySearch(SHOP, 42, { timestamp: undefined }),
    'a time in words, signed': proxySearch(SHOP, 42, { timestamp: 'now' }),
    'a time in milliseconds, signed': proxySearch(SHOP, 42, { timestamp: String(Date.now()) }),
  };

  it.each(Object.keys(FORGED))('%s: 401 at every address, whatever the method', async (name) => {
    for (const { path, body } of REQUESTS)
      for (const method of ['GET', 'POST', 'PUT']) {
        const sent = method === 'GET' ? {} : { body: body ?? {} };
        const answer = await call(path, FORGED[name] ?? '', { method, ...sent });
        expect([path, method, answer.status]).toEqual([path, method, 401]);
      }
  });

  it('a token of another surface is none here', async () => {
    for (const token of [customerToken(SHOP, 42), sessionToken(SHOP)])
      for (const { path, method, body } of REQUESTS) {
        const headers = { authorization: `Bearer ${token}` };
        const answer = await call(path, '', { method, headers, ...(body ? { body } : {}) });
        expect(answer.status).toBe(401);
      }
  });

  it('the genuine one opens the door', async () => {
    const answer = await call('club', genuine);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('who gets in', () => {
  it('a guest has no club of their own', async () => {
    for (const { path, method, body } of REQUESTS) {
      const { for: whom } = PROXY_ENDPOINTS.find((each) => each.path.test(`/proxy/${path}`)) ?? {};
      if (whom !== 'customers') continue;
      const answer = await call(path, proxySearch(SHOP, null), { method, ...(body ? { body } : {}) });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toEqual({ ok: false, reason: 'signed_out' });
    }
  });

  it('no shop without the app', async () => {
    for (const shop of [GONE, 'absent.myshopify.com'])
      for (const { path, method, body } of REQUESTS) {
        const answer = await call(path, proxySearch(shop, customer), { method, ...(body ? { body } : {}) });
        expect([path, answer.status]).toEqual([path, 403]);
      }
  });

  it('the customer is the one of the signature, whatever page and body say', async () => {
    const search = proxySearch(SHOP, customer, { customer: '1', customerId: '1' });
    await call('membership', search, {
      method: 'POST',
      body: { customerId: '1', logged_in_customer_id: '1' },
    });
    const { rows } = await pool.query('SELECT 1 FROM customers WHERE customer_id = 1');
    expect(rows).toEqual([]);
  });

  it('no form of another site: JSON only', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data',
      'application/jsonp',
    ])
      for (const { path, method } of REQUESTS.filter((each) => each.method === 'POST' && each.body)) {
        const answer = await call(path, own(), { method, body: {}, headers: { 'content-type': type } });
        expect(answer.status).toBe(415);
      }
  });

  it('any other method and any other address: not here', async () => {
    for (const { path, method } of REQUESTS) {
      // The form has both.
      // The forms have both.
      if (path.startsWith('apply')) continue;
      const other = method === 'GET' ? 'POST' : 'GET';
      const answer = await call(path, own(), { method: other, ...(other === 'POST' ? { body: {} } : {}) });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, method]);
    }
    for (const path of ['', 'clubs', 'club/', 'api/club', '../api/club', 'redemptions//release'])
      expect((await call(path, own())).status).toBe(404);
  });

  it('a page that asks too often waits; others do not', async () => {
    const search = own();
    const statuses = await Promise.all(Array.from({ length: 70 }, () => call('club', search)));
    expect(statuses.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(60);
    const refused = statuses.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await call('club', proxySearch(SHOP, customer + 1_000_000))).status).toBe(200);
  });
});

describe('what it does', () => {
  it('shows the club of the customer, with the cart of the page', async () => {
    const search = proxySearch(SHOP, customer, { cartAmount: '150.00', currency: 'USD' });
    const club = await (await call('club', search)).json();
    expect(club).toMatchObject({
      currency: 'USD',
      open: null,
      wallets: [{ unit: 'POINTS', available: '0' }],
    });
  });

  it('refuses points that there are not, and names the first field that is wrong', async () => {
    const body = {
      kind: 'pay',
      key: randomUUID(),
      unit: 'POINTS',
      units: '50',
      cartAmount: '150.00',
      currency: 'USD',
    };
    const refused = await call('redemptions', own(), { method: 'POST', body });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ ok: false, reason: 'insufficient', available: '0' });
    const wrong = await call('redemptions', own(), { method: 'POST', body: { ...body, key: 'x' } });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toEqual({ ok: false, reason: 'bad_request', field: 'key' });
  });
});
