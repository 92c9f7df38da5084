/** What checkout extensions call, with really signed tokens: who gets in, what is refused, CORS. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { loader as club } from '#app/routes/api.club.tsx';
import { action as release } from '#app/routes/api.redemptions.$id.release.tsx';
import { action as reserve, loader as preflight } from '#app/routes/api.redemptions.tsx';
import { customerToken, sessionToken } from '#test/support/session-token.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const CUSTOMER = 7_100_000_000_001n;

beforeAll(async () => {
  await givenShop({ domain: SHOP });
  await givenShop({ domain: 'gone.myshopify.com' });
  await pool.query(`UPDATE shops SET uninstalled_at = clock_timestamp() WHERE domain = 'gone.myshopify.com'`);
});

interface Call {
  token?: string | null;
  method?: string;
  body?: unknown;
  id?: string;
}

/** The Response of a route, returned or thrown. */
async function call(
  route: typeof club,
  path: string,
  { token, method = 'GET', body, id }: Call = {},
): Promise<Response> {
  const headers = new Headers({
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Setia-Test',
    origin: 'https://extensions.shopifycdn.com',
  });
  if (token !== null) headers.set('authorization', `Bearer ${token ?? customerToken(SHOP, CUSTOMER)}`);
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return route({ request, params: id === undefined ? {} : { id }, context: {} }).catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  });
}

const readClub = (token?: string | null) =>
  call(club, '/api/club?cartAmount=150.00&currency=USD', { ...(token === undefined ? {} : { token }) });
const post = (body: unknown, token?: string) =>
  call(reserve, '/api/redemptions', { method: 'POST', body, ...(token ? { token } : {}) });
const body = (change: Record<string, unknown> = {}) => ({
  key: randomUUID(),
  unit: 'POINTS',
  units: '50',
  cartAmount: '150.00',
  currency: 'USD',
  ...change,
});

describe('who gets in', () => {
  const now = Math.floor(Date.now() / 1000);

  it('a signed-in customer of the shop, whatever form the shop has in the token', async () => {
    for (const dest of [SHOP, `https://${SHOP}`]) {
      const answer = await readClub(customerToken(SHOP, CUSTOMER, { dest }));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each<[string, number, string | null]>([
    ['nobody', 401, null],
    ['a token that is none', 401, 'x.y.z'],
    ['a foreign signature', 401, sessionToken(SHOP, { sub: 'gid://shopify/Customer/1' }, 'another secret')],
    ['an expired token', 401, customerToken(SHOP, 1, { exp: now - 60, nbf: now - 400 })],
    ['a token of another app', 403, customerToken(SHOP, 1, { aud: 'another-app' })],
    ['a token without audience', 403, customerToken(SHOP, 1, { aud: undefined })],
    ["staff's token of the admin", 403, sessionToken(SHOP)],
    ['a guest, whose token has no subject', 403, customerToken(SHOP, 1, { sub: undefined })],
    ['a subject of another kind', 403, customerToken(SHOP, 1, { sub: 'gid://shopify/StaffMember/1' })],
    ['a shop that never installed the app', 403, customerToken('absent.myshopify.com', 1)],
    ['a shop that uninstalled the app', 403, customerToken('gone.myshopify.com', 1)],
    ['a destination that is no shop', 403, customerToken(SHOP, 1, { dest: 'https://evil.test' })],
  ])('%s: %d', async (_who, status, token) => {
    for (const answer of [
      await readClub(token),
      await call(reserve, '/api/redemptions', { token, method: 'POST', body: body() }),
      await call(release, '/api/redemptions/x/release', { token, method: 'POST', id: randomUUID() }),
    ]) {
      expect(answer.status).toBe(status);
      // Without it the extension could not tell a refusal from a lost connection.
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it("the browser's question before it: yes, from anywhere, with these headers", async () => {
    for (const route of [club, preflight]) {
      const answer = await call(route, '/api/redemptions', { token: null, method: 'OPTIONS' });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Content-Type/);
    }
  });
});

describe('GET /api/club', () => {
  it('of a customer without anything has an empty wallet for points', async () => {
    const answer = await (await readClub()).json();
    expect(answer).toMatchObject({ currency: 'USD', currencyDigits: 2, open: null, redemptionEnabled: true });
    expect(answer.wallets).toMatchObject([
      { unit: 'POINTS', balance: '0', available: '0', spendable: { units: '0' } },
    ]);
  });

  it('takes an unreadable cart as none', async () => {
    for (const query of [
      '',
      '?cartAmount=abc&currency=USD',
      '?cartAmount=1&currency=usd',
      '?cartAmount=-5&currency=USD',
    ]) {
      expect((await call(club, `/api/club${query}`)).status).toBe(200);
    }
  });
});

describe('POST /api/redemptions', () => {
  it.each([
    ['key', 'not-a-uuid'],
    ['unit', 'GOLD'],
    ['units', '-5'],
    ['units', '0'],
    ['units', 5],
    ['units', '1'.repeat(16)],
    ['cartAmount', '1e9'],
    ['currency', 'usd'],
  ])('names the field when %s is %j', async (field, value) => {
    const answer = await post(body({ [field]: value }));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ ok: false, reason: 'bad_request', field });
  });

  it.each(['', 'no json', '[]', 'null', JSON.stringify({ key: 'x'.repeat(10_000) })])(
    'refuses the body %.20s',
    async (text) => {
      expect((await post(text)).status).toBe(400);
    },
  );

  it('refuses more than the customer has, with the figures', async () => {
    const answer = await post(body());
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({ ok: false, reason: 'insufficient', available: '0', minimum: '1' });
  });
});

describe('POST /api/redemptions/:id/release', () => {
  it('is 404 for an unknown redemption and for no id', async () => {
    for (const id of [randomUUID(), 'x']) {
      expect((await call(release, `/api/redemptions/${id}/release`, { method: 'POST', id })).status).toBe(
        404,
      );
    }
  });

  it("is 404 for another customer's", async () => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO redemptions (shop_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code, expires_at)
       SELECT shop_id, 2, 'k', 'h', 'POINTS', 5, 5, 'USD', 'SETIA-X', clock_timestamp() FROM shops WHERE domain = $1
       RETURNING redemption_id AS id`,
      [SHOP],
    );
    const id = rows[0]?.id ?? '';
    expect((await call(release, `/api/redemptions/${id}/release`, { method: 'POST', id })).status).toBe(404);
  });
});
