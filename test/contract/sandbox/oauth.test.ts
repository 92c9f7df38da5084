import '@shopify/shopify-api/adapters/node';
import { ApiVersion, RequestedTokenType, shopifyApi } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signSessionToken } from '#sandbox/shopify/session-token.ts';
import {
  API_KEY,
  API_SECRET,
  DEMO_SHOP,
  exchangeBody,
  requestToken,
  startTestSandbox,
  type TestSandbox,
  USD_SHOP,
} from '../../support/sandbox.ts';

let sandbox: TestSandbox;
const app = { apiKey: API_KEY, apiSecret: API_SECRET };

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const exchange = (idToken: string, shop = DEMO_SHOP, changes: Record<string, string> = {}) =>
  requestToken(sandbox.origin, shop, { ...exchangeBody(idToken), ...changes });
const refresh = (refreshToken: string) =>
  requestToken(sandbox.origin, DEMO_SHOP, {
    client_id: API_KEY,
    client_secret: API_SECRET,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
const adminToken = (shop = DEMO_SHOP) => signSessionToken(app, { surface: 'admin', shop });

describe("Shopify's own library", () => {
  test('exchanges an id token, calls the API and refreshes', async () => {
    setAbstractFetchFunc((url, init) => {
      const { pathname, hostname } = new URL(url instanceof Request ? url.url : url);
      const headers = { ...Object.fromEntries(new Headers(init?.headers)), 'x-sandbox-shop': hostname };
      return fetch(sandbox.origin + pathname, { ...init, headers });
    });
    const shopify = shopifyApi({
      apiKey: API_KEY,
      apiSecretKey: API_SECRET,
      apiVersion: ApiVersion.July26,
      hostName: 'app.example',
      isEmbeddedApp: true,
      logger: { level: 0 },
    });
    const { session } = await shopify.auth.tokenExchange({
      shop: DEMO_SHOP,
      sessionToken: adminToken(),
      requestedTokenType: RequestedTokenType.OfflineAccessToken,
      expiring: true,
    });
    expect(session.scope).toContain('write_discounts');
    expect(session.expires!.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    const client = new shopify.clients.Graphql({ session });
    expect((await client.request('{ shop { name } }')).data).toEqual({ shop: { name: 'Toko Setia' } });
    const renewed = await shopify.auth.refreshToken({ shop: DEMO_SHOP, refreshToken: session.refreshToken! });
    expect(renewed.session.accessToken).not.toBe(session.accessToken);
  });

  test('decodes the tokens of both surfaces', async () => {
    const shopify = shopifyApi({
      apiKey: API_KEY,
      apiSecretKey: API_SECRET,
      apiVersion: ApiVersion.July26,
      hostName: 'app.example',
      isEmbeddedApp: true,
      logger: { level: 0 },
    });
    const admin = await shopify.session.decodeSessionToken(adminToken());
    expect(admin).toMatchObject({
      dest: `https://${DEMO_SHOP}`,
      aud: API_KEY,
      iss: `https://${DEMO_SHOP}/admin`,
    });
    const buyer = await shopify.session.decodeSessionToken(
      signSessionToken(app, { surface: 'checkout', shop: DEMO_SHOP, customer: 7 }),
    );
    expect(buyer.sub).toBe('gid://shopify/Customer/7');
    const guest = await shopify.session.decodeSessionToken(
      signSessionToken(app, { surface: 'checkout', shop: DEMO_SHOP }),
    );
    expect(guest).not.toHaveProperty('sub');
  });

  test.each([
    ['admin_extension', { iss: `https://${DEMO_SHOP}/admin`, sub: expect.stringMatching(/^\d+$/) }],
    ['pos', { iss: `https://${DEMO_SHOP}/admin`, sub: expect.stringMatching(/^\d+$/) }],
    ['customer_account', { dest: DEMO_SHOP, sub: expect.stringMatching(/^gid:\/\/shopify\/Customer\/\d+$/) }],
  ])('%s has the claims of its kind of user', async (surface, claims) => {
    const input = { shop: DEMO_SHOP, surface, customer: 'budi.santoso@example.com' };
    const { body } = await sandbox.control('POST', '/_control/session-tokens', input);
    const [, payload = ''] = body.token.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      aud: API_KEY,
      ...claims,
    });
  });
});

describe('an id token is refused', () => {
  const [header = '', body = '', signature = ''] = adminToken().split('.');
  const forged = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: '1' }),
  ).toString('base64url');

  test.each([
    ['with another signature', `${header}.${forged}.${signature}`, 'bad_signature'],
    [
      'signed with another secret',
      signSessionToken({ apiKey: API_KEY, apiSecret: 'other' }, { surface: 'admin', shop: DEMO_SHOP }),
      'bad_signature',
    ],
    [
      'of another app',
      signSessionToken({ apiKey: 'other', apiSecret: API_SECRET }, { surface: 'admin', shop: DEMO_SHOP }),
      'other_app',
    ],
    ['of another shop', adminToken(USD_SHOP), 'the token is of another shop'],
    [
      'of a buyer',
      signSessionToken(app, { surface: 'checkout', shop: DEMO_SHOP, customer: 7 }),
      'the token is of another shop',
    ],
    ['that is no token', 'x', 'malformed'],
  ])('%s', async (_name, token, description) => {
    const answer = await exchange(token);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: 'invalid_subject_token', error_description: description });
  });

  test('when it has expired', async () => {
    const now = Date.now;
    Date.now = () => now() - 120_000;
    const old = adminToken();
    Date.now = now;
    expect((await exchange(old)).body.error_description).toBe('expired');
  });

  test('with wrong client credentials, or for a token that does not expire', async () => {
    expect((await exchange(adminToken(), DEMO_SHOP, { client_secret: 'wrong' })).status).toBe(401);
    expect((await exchange(adminToken(), DEMO_SHOP, { expiring: '0' })).body.error).toBe('invalid_request');
  });
});

test('an online token tells who the user is, and grants nothing', async () => {
  const { body } = await exchange(adminToken(), DEMO_SHOP, {
    requested_token_type: 'urn:shopify:params:oauth:token-type:online-access-token',
  });
  expect(body.associated_user).toMatchObject({ id: 86402001, first_name: 'Ayu', last_name: 'Pratiwi' });
  expect((await sandbox.send('{ shop { name } }', {}, body.access_token)).status).toBe(401);
});

describe('refresh', () => {
  test('may be repeated while its response was not used, and not after', async () => {
    const first = (await exchange(adminToken())).body;
    const lost = (await refresh(first.refresh_token)).body;
    const repeated = (await refresh(first.refresh_token)).body;
    expect(repeated.access_token).toBe(lost.access_token);
    await sandbox.graphql('{ shop { name } }', {}, repeated.access_token);
    const late = await refresh(first.refresh_token);
    expect(late.status).toBe(400);
    expect(late.body.error).toBe('invalid_grant');
  });

  test('an expired access token grants nothing', async () => {
    const { access_token: token } = (await exchange(adminToken())).body;
    const held = sandbox.world.shop(DEMO_SHOP).tokens.find((each) => each.accessToken === token)!;
    held.expiresAt = new Date(Date.now() - 1).toISOString();
    expect((await sandbox.send('{ shop { name } }', {}, token)).status).toBe(401);
  });

  test('uninstalling revokes every token; a reset keeps them', async () => {
    const token = await sandbox.accessToken();
    await sandbox.control('POST', '/_control/reset', {});
    expect((await sandbox.send('{ shop { name } }', {}, token)).status).toBe(200);
    await sandbox.control('POST', '/_control/uninstall', {});
    expect((await sandbox.send('{ shop { name } }', {}, token)).status).toBe(401);
  });
});
