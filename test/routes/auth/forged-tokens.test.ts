/** Tokens that are no staff member's in the admin, or no customer's, at every route: refused with 401 (or sent away), never 500. */
import { readdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import {
  ACCOUNT_ENDPOINTS,
  BUYER_ENDPOINTS,
} from '#app/modules/club-api/account/account-endpoints.server.ts';
import { ENDPOINTS } from '#app/modules/club-api/endpoints.server.ts';
import { RESELLER_ENDPOINTS } from '#app/modules/club-api/reseller/reseller-endpoints.server.ts';
import { staffDoor } from '#app/modules/club-api/staff/staff-door.server.ts';
import { STAFF_ENDPOINTS } from '#app/modules/club-api/staff/staff-endpoints.server.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { proxySearch } from '#test/support/proxy-search.ts';
import { givenSession } from '#test/support/route-requests.ts';
import { sessionToken } from '#test/support/session-token.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
const CUSTOMER = 'gid://shopify/Customer/7486585826337';
const now = Math.floor(Date.now() / 1000);

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = (change: object) => sessionToken(SHOP, change);
/** The token of the admin with another header, so that its signature no longer fits. */
const withHeader = (header: object) => [encode(header), ...claims({}).split('.').slice(1)].join('.');
/** A customer's token as the admin would take it: `dest` with its scheme. */
const asAdmin = { sub: CUSTOMER };
/** Invalid for staff and customers alike. */
const WRONG: Record<string, string> = {
  'foreign signature': sessionToken(SHOP, {}, 'another secret'),
  'foreign signature, customer': sessionToken(SHOP, { sub: CUSTOMER, dest: SHOP }, 'another secret'),
  'no signature': claims({}).split('.').slice(0, 2).join('.') + '.',
  'alg none': withHeader({ alg: 'none' }),
  'alg HS512': withHeader({ alg: 'HS512', typ: 'JWT' }),
  expired: claims({ exp: now - 60, nbf: now - 120 }),
  'expired, customer': claims({ sub: CUSTOMER, dest: SHOP, exp: now - 60, nbf: now - 120 }),
  'not yet valid': claims({ nbf: now + 600 }),
  'no exp': claims({ exp: undefined }),
  'exp as text': claims({ exp: 'tomorrow' }),
  'another app': claims({ aud: 'another-app' }),
  'another app, customer': claims({ aud: 'another-app', sub: CUSTOMER, dest: SHOP }),
  'several apps': claims({ aud: ['another-app'] }),
  'no app': claims({ aud: undefined }),
  'foreign dest': claims({ dest: 'https://evil.test' }),
  'foreign dest with its iss': claims({ dest: 'https://evil.test', iss: 'https://evil.test/admin' }),
  'dest that ends like a shop': claims({ dest: 'https://one.myshopify.com.evil.test' }),
  'dest with a user': claims({ dest: 'https://evil.test@one.myshopify.com' }),
  'dest with a path': claims({ dest: 'https://one.myshopify.com/x' }),
  'dest without end': claims({ dest: `https://${'a'.repeat(10_000)}` }),
  'no dest': claims({ dest: undefined }),
  'dest as number': claims({ dest: 7 }),
  'no sub': claims({ sub: undefined }),
  'sub as object': claims({ sub: { id: 1 } }),
  'empty sub': claims({ sub: '' }),
  'sub of staff as gid': claims({ sub: 'gid://shopify/StaffMember/1' }),
  'customer too large': claims({ sub: 'gid://shopify/Customer/9223372036854775808', dest: SHOP }),
  'customer of no number': claims({ sub: 'gid://shopify/Customer/abc', dest: SHOP }),
  'no JWT': 'x.y.z',
  'one part': 'abc',
  empty: ' ',
};
/** Genuine tokens of a surface that is not the admin. */
const NOT_ADMIN: Record<string, string> = {
  "a checkout's": claims({ sub: CUSTOMER, dest: SHOP, iss: undefined, sid: undefined }),
  "a checkout's with iss": claims({ sub: CUSTOMER, dest: SHOP, sid: undefined }),
  "a customer's with scheme": claims({ ...asAdmin, iss: undefined, sid: undefined }),
  "a customer's with iss": claims({ ...asAdmin, sid: undefined }),
  "a customer's with all": claims(asAdmin),
  "a guest's": claims({ sub: undefined, dest: SHOP, iss: undefined, sid: undefined }),
  'no iss': claims({ iss: undefined }),
  'iss of another shop': claims({ iss: `https://${OTHER}/admin` }),
  'iss of no admin': claims({ iss: `https://${SHOP}` }),
  'no sid': claims({ sid: undefined }),
  'sub zero': claims({ sub: '0' }),
};
/** Genuine tokens of the admin, which is no shopper's. */
const NOT_SHOPPER: Record<string, string> = {
  "the admin's": claims({}),
  "the admin's without scheme": claims({ dest: SHOP }),
};

type Handler = (args: object) => Promise<unknown>;
const modules = import.meta.glob<{ loader?: Handler; action?: Handler }>('../../../app/routes/*.tsx');

/** What a route answered: a Response or route error, returned or thrown. */
async function statusOf(handler: Handler, request: Request): Promise<number> {
  try {
    const answer = await handler({
      request,
      params: { id: '1', programId: '1', customerId: '1' },
      context: {},
    });
    return answer instanceof Response ? answer.status : 200;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status;
    return (thrown as { init?: { status?: number } }).init?.status ?? 500;
  }
}

const { call } = useClubDoor(() => '');
const { call: callStaff } = useClubDoor(() => '', staffDoor);

/** A list of `name: status` of every handler of the admin that let a token through, and how many were asked. */
async function letThrough(tokens: Record<string, string>) {
  let asked = 0;
  const through: string[] = [];
  for (const [file, load] of Object.entries(modules)) {
    const name = file.split('/').at(-1) ?? '';
    if (!name.startsWith('app.')) continue;
    const { loader, action } = await load();
    for (const [method, handler] of Object.entries({ GET: loader, POST: action })) {
      if (!handler) continue;
      for (const [variant, token] of Object.entries(tokens)) {
        asked += 1;
        const request = new Request(`http://127.0.0.1:3000/app?shop=${SHOP}`, {
          method,
          headers: {
            'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Setia-Test',
            authorization: `Bearer ${token}`,
          },
          ...(method === 'POST' ? { body: '{}' } : {}),
        });
        const status = await statusOf(handler, request);
        if (status !== 401) through.push(`${name} ${method} ${variant}: ${status}`);
      }
    }
  }
  return { asked, through };
}

beforeAll(async () => {
  await givenShop({ domain: SHOP, currency: 'IDR' });
  await givenShop({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
});

it('44 variants are told apart', () => {
  const all = { ...WRONG, ...NOT_ADMIN, ...NOT_SHOPPER };
  expect(Object.keys(all)).toHaveLength(44);
  expect(new Set(Object.values(all)).size).toBe(44);
});

it('none of 42 opens a route of the admin', async () => {
  const { asked, through } = await letThrough({ ...WRONG, ...NOT_ADMIN });
  // Old addresses are sent to their new ones before anyone signs in; there is nothing to read.
  expect(through.filter((line) => !/^app\.\$\.tsx .*: 302$/.test(line))).toEqual([]);
  const routes = readdirSync('app/routes').filter((file) => file.startsWith('app.')).length;
  expect(routes).toBeGreaterThan(50);
  expect(asked).toBeGreaterThan(routes * 42 - 42);
});

/** An address of each endpoint of the shopper. */
const SHOPPER_PATHS = [
  '/api/club',
  '/api/redemptions',
  '/api/redemptions/5f0a6f0c-9f0e-4f6d-8a52-1f4f6a0f8a11/release',
  '/api/claims',
  '/api/membership',
  '/api/account',
  '/api/account/history',
  '/api/account/profile',
  '/api/account/codes',
  '/api/membership/leave',
  '/api/orders/7/claim',
  '/api/reseller',
  '/api/reseller/skus',
  '/api/reseller/check',
];
/** What a buyer may ask before a sign-in. */
const BUYER_PATHS = ['/api/orders/7/points'];

it('none of 33 opens an endpoint of the shopper, whatever the method', async () => {
  const paths = [...SHOPPER_PATHS, ...BUYER_PATHS];
  const endpoints = [...ENDPOINTS, ...ACCOUNT_ENDPOINTS, ...RESELLER_ENDPOINTS, ...BUYER_ENDPOINTS];
  expect(endpoints.map(({ path }) => paths.filter((each) => path.test(each)).length)).toEqual(
    paths.map(() => 1),
  );
  const through: string[] = [];
  let asked = 0;
  for (const path of paths)
    for (const method of ['GET', 'POST', 'PUT'])
      for (const [variant, token] of Object.entries({ ...WRONG, ...NOT_SHOPPER })) {
        asked += 1;
        const { status } = await call(path, { token, method, ...(method === 'GET' ? {} : { body: '{}' }) });
        if (status !== 401) through.push(`${path} ${method} ${variant}: ${status}`);
      }
  expect(through).toEqual([]);
  expect(asked).toBe(33 * 15 * 3);
});

it("a guest's token opens what a buyer may ask before a sign-in, and nothing else", async () => {
  const guest = claims({ sub: undefined, dest: SHOP, iss: undefined, sid: undefined });
  const body = { currency: 'IDR', lines: [], codes: [] };
  for (const path of BUYER_PATHS)
    expect((await call(path, { token: guest, method: 'POST', body })).status).toBe(200);
  for (const path of SHOPPER_PATHS)
    for (const method of ['GET', 'POST'])
      expect(
        (await call(path, { token: guest, method, ...(method === 'POST' ? { body: {} } : {}) })).status,
      ).toBe(401);
});

/** Genuine tokens that are no staff user's, and those of another shop's admin. */
const NOT_STAFF = Object.fromEntries(
  Object.entries(NOT_ADMIN).filter(([name]) => !['no iss', 'iss of no admin', 'no sid'].includes(name)),
);

/** An address of each endpoint of staff. */
const STAFF_PATHS = [
  '/api/staff/customers/7',
  '/api/staff/people',
  '/api/staff/customers',
  '/api/staff/membership',
  '/api/staff/consent-codes',
  '/api/staff/redemptions',
  '/api/staff/redemptions/5f0a6f0c-9f0e-4f6d-8a52-1f4f6a0f8a11/release',
  '/api/staff/claims',
  '/api/staff/prices',
  '/api/staff/adjust-form/7',
  '/api/staff/adjustments',
  '/api/staff/orders/7',
  '/api/staff/orders/7/apply',
  '/api/staff/bulk-form',
  '/api/staff/bulk',
];

it("none of 39 opens an endpoint of staff: a shopper's token is no till's, whatever the method", async () => {
  expect(STAFF_ENDPOINTS.map(({ path }) => STAFF_PATHS.filter((each) => path.test(each)).length)).toEqual(
    STAFF_PATHS.map(() => 1),
  );
  const through: string[] = [];
  let asked = 0;
  for (const path of STAFF_PATHS)
    for (const method of ['GET', 'POST', 'PUT'])
      for (const [variant, token] of Object.entries({ ...WRONG, ...NOT_STAFF })) {
        asked += 1;
        const { status } = await callStaff(path, {
          token,
          method,
          ...(method === 'GET' ? {} : { body: '{}' }),
        });
        if (status !== 401) through.push(`${path} ${method} ${variant}: ${status}`);
      }
  expect(through).toEqual([]);
  expect(asked).toBe(39 * 15 * 3);
});

it('the signature of the app proxy opens neither of the two doors', async () => {
  const search = proxySearch(SHOP, 7_486_585_826_337);
  const through: string[] = [];
  const doors = [
    { ask: call, paths: [...SHOPPER_PATHS, ...BUYER_PATHS] },
    { ask: callStaff, paths: STAFF_PATHS },
  ];
  for (const { ask, paths } of doors)
    for (const path of paths)
      for (const method of ['GET', 'POST']) {
        const body = method === 'POST' ? { body: {} } : {};
        const { status } = await ask(`${path}?${search}`, { token: null, method, ...body });
        if (status !== 401) through.push(`${path} ${method}: ${status}`);
      }
  expect(through).toEqual([]);
});

it("a staff user's own does, from the admin and from a till, whose tokens may not say who issued them", async () => {
  for (const change of [{}, { dest: SHOP }, { iss: undefined, sid: undefined }, { iss: `https://${SHOP}` }])
    expect((await callStaff('/api/staff/bulk-form', { token: claims(change) })).status).toBe(200);
});

it("a customer's own does", async () => {
  const own = claims({ sub: CUSTOMER, dest: SHOP, iss: undefined, sid: undefined });
  expect((await call('/api/club', { token: own })).status).toBe(200);
});

it('nothing was written meanwhile', async () => {
  const { rows } = await pool.query(
    'SELECT (SELECT count(*) FROM redemptions) + (SELECT count(*) FROM ledger_entries) + (SELECT count(*) FROM customers) AS written',
  );
  expect(rows[0]).toEqual({ written: 0n });
});
