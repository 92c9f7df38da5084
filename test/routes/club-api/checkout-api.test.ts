/** What checkout extensions call, with really signed tokens: who gets in, what is refused, CORS. */
import { randomUUID } from 'node:crypto';
import type { ClientRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { pool } from '#app/db.server.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { customerToken, sessionToken } from '#test/support/session-token.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
/** Its currency is not known. */
const UNPRICED = 'unpriced.myshopify.com';
const CUSTOMER = 7_100_000_000_001n;

beforeAll(async () => {
  await givenShop({ domain: SHOP });
  await givenShop({ domain: 'gone.myshopify.com' });
  await givenShop({ domain: UNPRICED });
  await pool.query('UPDATE shops SET currency = NULL WHERE domain = $1', [UNPRICED]);
  await pool.query(`UPDATE shops SET uninstalled_at = clock_timestamp() WHERE domain = 'gone.myshopify.com'`);
});

/** A customer of their own for each request, so that no request waits for another. */
let customers = CUSTOMER;
const { call, stream } = useClubDoor(() => customerToken(SHOP, (customers += 1n)));
const readClub = (token?: string | null) =>
  call('/api/club?cartAmount=150.00&currency=USD', token === undefined ? {} : { token });
const post = (sent: unknown, token?: string) =>
  call('/api/redemptions', { method: 'POST', body: sent, ...(token === undefined ? {} : { token }) });
const body = (change: Record<string, unknown> = {}) => ({
  kind: 'pay',
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
    ['a token of another app', 401, customerToken(SHOP, 1, { aud: 'another-app' })],
    ['a token without audience', 401, customerToken(SHOP, 1, { aud: undefined })],
    ["staff's token of the admin", 401, sessionToken(SHOP)],
    ['a guest, whose token has no subject', 401, customerToken(SHOP, 1, { sub: undefined })],
    ['a subject of another kind', 401, customerToken(SHOP, 1, { sub: 'gid://shopify/StaffMember/1' })],
    ['a shop that never installed the app', 403, customerToken('absent.myshopify.com', 1)],
    ['a shop that uninstalled the app', 403, customerToken('gone.myshopify.com', 1)],
    ['a destination that is no shop', 401, customerToken(SHOP, 1, { dest: 'https://evil.test' })],
  ])('%s: %d', async (_who, status, token) => {
    for (const answer of [
      await readClub(token),
      await call('/api/redemptions', { token, method: 'POST', body: body() }),
      await call(`/api/redemptions/${randomUUID()}/release`, { token, method: 'POST' }),
      await call('/api/claims', { token, method: 'POST', body: { key: randomUUID(), rewardId: '1' } }),
      await call('/api/membership', { token, method: 'POST' }),
    ]) {
      expect(answer.status).toBe(status);
      // Without it the extension could not tell a refusal from a lost connection.
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it("the browser's question before it: yes, from anywhere, with these headers", async () => {
    for (const path of ['/api/club', '/api/redemptions', '/api/claims', '/api/redemptions/x/release']) {
      const answer = await call(path, { token: null, method: 'OPTIONS' });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Content-Type/);
    }
  });

  it('any other method and any other address: not here', async () => {
    for (const [path, method, allowed] of [
      ['/api/club', 'POST', 'GET'],
      ['/api/redemptions', 'GET', 'POST'],
      ['/api/claims', 'PUT', 'POST'],
    ] as const) {
      const answer = await call(path, { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed]);
    }
    for (const path of ['/api/', '/api/clubs', '/api/redemptions//release', '/api/club/'])
      expect((await call(path)).status).toBe(404);
  });

  it('503 while the database is away, readable from anywhere', async () => {
    const query = vi
      .spyOn(pool, 'query')
      .mockRejectedValue(Object.assign(new Error(), { code: 'ECONNREFUSED' }));
    const connect = vi.spyOn(pool, 'connect').mockRejectedValue(new Error('Connection terminated'));
    for (const answer of [await readClub(), await post(body())]) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
    query.mockRestore();
    connect.mockRestore();
    expect((await readClub()).status).toBe(200);
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
      expect((await call(`/api/club${query}`)).status).toBe(200);
    }
  });
});

describe('a shop whose currency is not known', () => {
  const token = customerToken(UNPRICED, 1);

  it('has no club to show, as one without the app', async () => {
    const answer = await readClub(token);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe('');
  });

  it('refuses payments, rewards and gifts with the reason, and holds nothing', async () => {
    const rewards = await givenRewards(UNPRICED);
    const refusals = [
      await post(body(), token),
      await post(body({ kind: 'reward', rewardId: rewards.amount }), token),
      await call('/api/claims', {
        token,
        method: 'POST',
        body: { key: randomUUID(), rewardId: rewards.other },
      }),
    ];
    for (const answer of refusals) {
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ ok: false, reason: 'disabled' });
    }
    expect((await pool.query(`SELECT FROM redemptions WHERE currency !~ '^[A-Z]{3}$'`)).rowCount).toBe(0);
  });
});

/** A reward of money and a gift, by kind. */
async function givenRewards(domain: string): Promise<{ amount: string; other: string }> {
  const { rows } = await pool.query<{ kind: 'amount' | 'other'; id: string }>(
    `INSERT INTO rewards (shop_id, program_id, name, kind, unit, units, amount_minor)
     SELECT s.shop_id, p.program_id, k.kind, k.kind, 'POINTS', 1, k.minor
     FROM shops s JOIN programs p USING (shop_id) CROSS JOIN (VALUES ('amount', 100), ('other', NULL)) AS k (kind, minor)
     WHERE s.domain = $1 RETURNING kind, reward_id::text AS id`,
    [domain],
  );
  const idOf = (kind: string) => rows.find((row) => row.kind === kind)!.id;
  return { amount: idOf('amount'), other: idOf('other') };
}

describe('POST /api/redemptions', () => {
  it.each([
    ['key', 'not-a-uuid'],
    ['unit', 'GOLD'],
    ['units', '-5'],
    ['units', '0'],
    ['units', 5],
    ['units', '1'.repeat(16)],
    ['kind', undefined],
    ['cartAmount', '1e9'],
    ['currency', 'usd'],
  ])('names the field when %s is %j', async (field, value) => {
    const answer = await post(body({ [field]: value }));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ ok: false, reason: 'bad_request', field });
  });

  it.each(['', 'no json', '[]', 'null'])('refuses the body %.20s', async (text) => {
    expect((await post(text)).status).toBe(400);
  });

  it('refuses more than the customer has, with the figures', async () => {
    const answer = await post(body());
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({ ok: false, reason: 'insufficient', available: '0', minimum: '1' });
  });
});

describe('a body whose length nothing announces', () => {
  const POSTS = [
    '/api/redemptions',
    '/api/claims',
    '/api/membership',
    `/api/redemptions/${randomUUID()}/release`,
  ];

  it.each(POSTS)('%s refuses one that is too large, and stops reading after 16 MiB', async (path) => {
    const small = await stream(path, (request) => request.end(' '.repeat(5 * 1_024)));
    expect(small.statusCode).toBe(413);
    let sent = 0;
    const send = (request: ClientRequest) => {
      sent = 0;
      const chunk = Buffer.alloc(1_024 * 1_024, 32);
      const write = () => {
        if (sent === 100 || request.destroyed) return;
        sent += 1;
        request.write(chunk, write);
      };
      write();
    };
    // Who is still writing when the door closes may hear of that before the answer, and asks again.
    const again = (error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
      return stream(path, send);
    };
    const endless = await stream(path, send).catch(again).catch(again);
    expect(endless.statusCode).toBe(413);
    expect(endless.headers.connection).toBe('close');
    // What the sockets hold between both comes on top.
    expect(sent).toBeLessThan(40);
  });

  it.each(POSTS)('%s cuts one that never ends', async (path) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let status: number | undefined;
      const answered = stream(path, (request) => request.write('{')).then((answer) => {
        status = answer.statusCode;
        expect(answer.headers.connection).toBe('close');
      });
      for (let seconds = 0; status === undefined && seconds < 1_000; seconds += 1) {
        await vi.advanceTimersByTimeAsync(1_000);
        await delay(5);
      }
      await answered;
      expect(status).toBe(408);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('too many requests of one shopper', () => {
  it('20 are answered, then 429 with the time to wait, whatever is requested', async () => {
    const token = customerToken(SHOP, 7_200_000_000_001n);
    const statuses = new Map<number, number>();
    for (let count = 0; count < 60; count += 1) {
      const answer = await post(body(), token);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 409: 20, 429: 40 });
    for (const answer of [
      await post(body(), token),
      await call('/api/claims', { method: 'POST', body: {}, token }),
      await call('/api/membership', { method: 'POST', token }),
      await call(`/api/redemptions/${randomUUID()}/release`, { method: 'POST', token }),
    ]) {
      expect([answer.status, await answer.json()]).toEqual([429, { ok: false, reason: 'too_many' }]);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
    expect((await readClub(token)).status).toBe(200);
  });
});

describe('POST /api/redemptions/:id/release', () => {
  it('is 404 for an unknown redemption and for no id', async () => {
    for (const id of [randomUUID(), 'x']) {
      expect((await call(`/api/redemptions/${id}/release`, { method: 'POST' })).status).toBe(404);
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
    expect((await call(`/api/redemptions/${id}/release`, { method: 'POST' })).status).toBe(404);
  });
});
