/**
 * The Admin API client against a scripted HTTP server behind the sandbox seam: what it sends, when it tries again
 * and what each failure means to a caller that must not lose or double a mutation.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Session } from '@shopify/shopify-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

const SHOP = 'one.myshopify.com';
const MUTATION =
  '# a comment first\nmutation Make { discountCodeDeactivate(id: "x") { userErrors { message } } }';
const QUERY = 'query Shop { shop { name } }';

interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Instead of `body`. */
  page?: string;
  /** Sent after so long. */
  delayMs?: number;
  drop?: boolean;
  /** Never refunded. */
  hang?: boolean;
}

const seen: { url: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
const replies: Reply[] = [];
/** A token that Shopify has revoked; it refuses two requests at once, so that both were sent before either was answered. */
let refusedToken = '';
const REFUSED_TOGETHER = 2;
let refusals: (() => void)[] = [];
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    seen.push({ url: request.url ?? '', headers: request.headers, body });
    if (request.headers['x-shopify-access-token'] === refusedToken) {
      refusals.push(() => response.writeHead(401, { 'content-type': 'application/json' }).end('{}'));
      if (refusals.length === REFUSED_TOGETHER) for (const refuse of refusals) refuse();
      return;
    }
    const reply = replies.shift() ?? { body: { data: { shop: { name: 'One' } } } };
    if (reply.drop) return void request.socket.destroy();
    if (reply.hang) return;
    const type = reply.page === undefined ? 'application/json' : 'text/html';
    setTimeout(() => {
      response.writeHead(reply.status ?? 200, { 'content-type': type, ...reply.headers });
      response.end(reply.page ?? JSON.stringify(reply.body ?? {}));
    }, reply.delayMs ?? 0);
  });
});

let adminGraphql: typeof import('#app/integrations/shopify/admin-client.server.ts').adminGraphql;
let sessionStorage: typeof import('#app/shopify.server.ts').sessionStorage;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.SHOPIFY_TIMEOUT_MS = '500';
  process.env.SHOPIFY_SANDBOX_ORIGIN = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ({ sessionStorage } = await import('#app/shopify.server.ts'));
  ({ adminGraphql } = await import('#app/integrations/shopify/admin-client.server.ts'));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(async () => {
  seen.length = 0;
  replies.length = 0;
  refusedToken = '';
  refusals = [];
  await storeToken();
});

/** The shop's first token, valid for an hour. */
async function storeToken({ expires = new Date(Date.now() + 3_600_000) } = {}): Promise<void> {
  await sessionStorage.storeSession(
    new Session({
      id: `offline_${SHOP}`,
      shop: SHOP,
      state: '',
      isOnline: false,
      accessToken: 'token-1',
      expires,
      refreshToken: 'refresh-1',
      refreshTokenExpires: new Date(Date.now() + 86_400_000),
    }),
  );
}

const RENEWED = {
  body: {
    access_token: 'token-2',
    scope: '',
    expires_in: 3600,
    refresh_token: 'refresh-2',
    refresh_token_expires_in: 86400,
  },
};

describe('adminGraphql', () => {
  it('asks the sandbox in the name of the shop, with its token, and answers data', async () => {
    expect(await adminGraphql(SHOP, QUERY, {})).toEqual({ shop: { name: 'One' } });
    expect(seen[0]?.url).toBe('/admin/api/2026-07/graphql.json');
    expect(seen[0]?.headers['x-sandbox-shop']).toBe(SHOP);
    expect(seen[0]?.headers['x-shopify-access-token']).toBe('token-1');
  });

  it('waits and tries again on 429 and on THROTTLED', async () => {
    replies.push(
      { status: 429, headers: { 'retry-after': '0.01' } },
      {
        body: {
          errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
          extensions: {
            cost: {
              requestedQueryCost: 11,
              throttleStatus: { currentlyAvailable: 10, restoreRate: 100, maximumAvailable: 100 },
            },
          },
        },
      },
    );
    expect(await adminGraphql(SHOP, MUTATION)).toEqual({ shop: { name: 'One' } });
    expect(seen).toHaveLength(3);
  });

  it('gives up throttling after a few tries: not executed, try later', async () => {
    for (let i = 0; i < 4; i++) replies.push({ status: 429, headers: { 'retry-after': '0.01' } });
    await expect(adminGraphql(SHOP, MUTATION)).rejects.toMatchObject({
      name: 'UpstreamError',
      retryable: true,
      outcomeKnown: true,
      retryAfterMs: 10,
    });
    expect(seen).toHaveLength(4);
  });

  it.each<[string, Reply]>([
    ['a lost connection', { drop: true }],
    ['no answer in time', { hang: true }],
    ['500', { status: 500 }],
    ['a page with 502', { status: 502, page: '<h1>Bad Gateway</h1>' }],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
    ['408', { status: 408 }],
    ['a page with 200', { page: '<h1>Something went wrong</h1>' }],
    [
      'errors beside its data',
      {
        body: {
          data: { discountCodeDeactivate: { userErrors: [] } },
          errors: [{ message: 'no', extensions: { code: 'ACCESS_DENIED' } }],
        },
      },
    ],
    ['200 with neither data nor errors', { body: {} }],
    [
      'an internal error in GraphQL',
      { body: { errors: [{ message: 'x', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] } },
    ],
  ])('does not repeat a mutation after %s, and says that its outcome is not known', async (_name, reply) => {
    replies.push(reply);
    await expect(adminGraphql(SHOP, MUTATION)).rejects.toMatchObject({
      retryable: true,
      outcomeKnown: false,
    });
    expect(seen).toHaveLength(1);
  });

  it('knows that a lost query changed nothing', async () => {
    replies.push({ drop: true });
    await expect(adminGraphql(SHOP, QUERY)).rejects.toMatchObject({ retryable: true, outcomeKnown: true });
  });

  it.each<[string, Reply]>([
    ['a refused field', { body: { errors: [{ message: 'no', extensions: { code: 'ACCESS_DENIED' } }] } }],
    [
      'a refused mutation',
      {
        body: {
          data: { discountCodeDeactivate: null },
          errors: [{ message: 'no', extensions: { code: 'ACCESS_DENIED' } }],
        },
      },
    ],
    ['an invalid document', { body: { errors: [{ message: 'Field x does not exist' }] } }],
    ['400', { status: 400 }],
    ['413', { status: 413 }],
  ])('calls %s final', async (_name, reply) => {
    replies.push(reply);
    await expect(adminGraphql(SHOP, MUTATION)).rejects.toMatchObject({
      retryable: false,
      outcomeKnown: true,
    });
  });

  it.each<[string, Reply]>([
    ['402, a frozen shop', { status: 402 }],
    ['403 in maintenance, a page', { status: 403, page: '<h1>Maintenance</h1>' }],
    ['404', { status: 404 }],
    ['423, a locked shop', { status: 423 }],
    ['430, stopped by security', { status: 430, page: '<h1>Rejected</h1>' }],
    [
      'an inactive shop in GraphQL',
      { body: { errors: [{ message: 'x', extensions: { code: 'SHOP_INACTIVE' } }] } },
    ],
  ])('calls %s no refusal: not executed, try later', async (_name, reply) => {
    replies.push(reply);
    await expect(adminGraphql(SHOP, MUTATION)).rejects.toMatchObject({ retryable: true, outcomeKnown: true });
    expect(seen).toHaveLength(1);
  });

  it('renews a token that Shopify no longer takes, once', async () => {
    replies.push({ status: 401 }, RENEWED);
    expect(await adminGraphql(SHOP, MUTATION)).toEqual({ shop: { name: 'One' } });
    expect(seen.map(({ url }) => url)).toEqual([
      '/admin/api/2026-07/graphql.json',
      '/admin/oauth/access_token',
      '/admin/api/2026-07/graphql.json',
    ]);
    expect(seen[2]?.headers['x-shopify-access-token']).toBe('token-2');

    replies.push({ status: 401 }, RENEWED, { status: 401 });
    await expect(adminGraphql(SHOP, MUTATION)).rejects.toMatchObject({
      retryable: true,
      outcomeKnown: true,
    });
  });

  it('says so when the shop has no session', async () => {
    await expect(adminGraphql('absent.myshopify.com', MUTATION)).rejects.toMatchObject({
      retryable: true,
      outcomeKnown: true,
    });
    expect(seen).toHaveLength(0);
  });
});

describe('two processes with one token', () => {
  /** The modules of the app once more, with pools and memory of their own, as in another process. */
  async function anotherProcess(): Promise<typeof adminGraphql> {
    vi.resetModules();
    return (await import('#app/integrations/shopify/admin-client.server.ts')).adminGraphql;
  }

  const renewals = () => seen.filter(({ url }) => url === '/admin/oauth/access_token');
  const requests = () => seen.filter(({ url }) => url !== '/admin/oauth/access_token');
  const tokensUsed = () => requests().map(({ headers }) => headers['x-shopify-access-token']);

  it('one renews it before it expires, the other takes the new one; a crowd in each does not matter', async () => {
    const other = await anotherProcess();
    await storeToken({ expires: new Date(Date.now() + 60_000) });
    replies.push({ ...RENEWED, delayMs: 200 });
    const all = [adminGraphql, other, adminGraphql, other].map((ask) => ask(SHOP, QUERY));
    expect(await Promise.all(all)).toHaveLength(4);
    expect(renewals()).toHaveLength(1);
    expect(tokensUsed()).toEqual(['token-2', 'token-2', 'token-2', 'token-2']);
  });

  it('one renews it after both were refused, and the new pair is not overwritten with the old one', async () => {
    const other = await anotherProcess();
    // Both have connections before it matters who is first.
    await Promise.all([adminGraphql(SHOP, QUERY), other(SHOP, QUERY)]);
    seen.length = 0;
    refusedToken = 'token-1';
    replies.push({ ...RENEWED, delayMs: 100 });
    await Promise.all([adminGraphql(SHOP, QUERY), other(SHOP, QUERY)]);
    expect(renewals()).toHaveLength(1);
    expect(tokensUsed()).toEqual(['token-1', 'token-1', 'token-2', 'token-2']);
    expect(await sessionStorage.loadSession(`offline_${SHOP}`)).toMatchObject({
      accessToken: 'token-2',
      refreshToken: 'refresh-2',
    });
  });

  it('a process that dies while it renews holds the others up only for a while', async () => {
    await storeToken({ expires: new Date(Date.now() + 60_000) });
    expect(await sessionStorage.claimRenewal(`offline_${SHOP}`, 300)).toBe(true);
    replies.push(RENEWED);
    const start = performance.now();
    await adminGraphql(SHOP, QUERY);
    expect(performance.now() - start).toBeGreaterThan(200);
    expect(tokensUsed()).toEqual(['token-2']);
  });

  it('a renewal that fails is tried again by the next request', async () => {
    await storeToken({ expires: new Date(Date.now() + 60_000) });
    replies.push({ status: 503, page: '<h1>Unavailable</h1>' });
    await expect(adminGraphql(SHOP, MUTATION)).rejects.toMatchObject({ retryable: true, outcomeKnown: true });
    replies.push(RENEWED);
    await adminGraphql(SHOP, MUTATION);
    expect(tokensUsed()).toEqual(['token-2']);
  });
});
