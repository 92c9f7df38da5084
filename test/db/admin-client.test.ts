/**
 * The Admin API client against a scripted HTTP server behind the sandbox seam: what it sends, when it tries again
 * and what each failure means to a caller that must not lose or double a mutation.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Session } from '@shopify/shopify-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const SHOP = 'one.myshopify.com';
const MUTATION =
  '# a comment first\nmutation Make { discountCodeDeactivate(id: "x") { userErrors { message } } }';
const QUERY = 'query Shop { shop { name } }';

interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  drop?: boolean;
}

const seen: { url: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
const replies: Reply[] = [];
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    seen.push({ url: request.url ?? '', headers: request.headers, body });
    const reply = replies.shift() ?? { body: { data: { shop: { name: 'One' } } } };
    if (reply.drop) return void request.socket.destroy();
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify(reply.body ?? {}));
  });
});

let adminGraphql: typeof import('#app/integrations/shopify/admin-client.server.ts').adminGraphql;
let sessionStorage: typeof import('#app/shopify.server.ts').sessionStorage;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
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
  await sessionStorage.storeSession(
    new Session({
      id: `offline_${SHOP}`,
      shop: SHOP,
      state: '',
      isOnline: false,
      accessToken: 'token-1',
      expires: new Date(Date.now() + 3_600_000),
      refreshToken: 'refresh-1',
      refreshTokenExpires: new Date(Date.now() + 86_400_000),
    }),
  );
});

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
    ['500', { status: 500 }],
    ['503', { status: 503 }],
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
    ['an invalid document', { body: { errors: [{ message: 'Field x does not exist' }] } }],
    ['403', { status: 403 }],
  ])('calls %s final', async (_name, reply) => {
    replies.push(reply);
    await expect(adminGraphql(SHOP, MUTATION)).rejects.toMatchObject({
      retryable: false,
      outcomeKnown: true,
    });
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
      retryable: false,
      outcomeKnown: true,
    });
  });

  it('says so when the shop has no session', async () => {
    await expect(adminGraphql('absent.myshopify.com', MUTATION)).rejects.toMatchObject({
      retryable: false,
      outcomeKnown: true,
    });
    expect(seen).toHaveLength(0);
  });
});
