/**
 * Our verification of webhooks against that of @shopify/shopify-api on random requests: the same verdict for each.
 * Ours exists because the library's costs eight times as much (signature.server.ts); where ours refuses more (shop
 * domains that are none, headers too long for an index), the test says so.
 */
import { createHmac } from 'node:crypto';
import '@shopify/shopify-api/adapters/node';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { webhookVerifier } from '#app/modules/inbox/signature.server.ts';

const SECRET = 'setia-demo-secret';
const library = shopifyApi({
  apiKey: 'key',
  apiSecretKey: SECRET,
  hostName: 'app.example',
  apiVersion: ApiVersion.July26,
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error },
});
const verify = webhookVerifier(SECRET);

const VALUES: Record<string, string> = {
  topic: 'orders/paid',
  'shop-domain': 'setia-demo.myshopify.com',
  'api-version': '2026-07',
  'webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
  'event-id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
  'triggered-at': '2026-11-21T12:00:00.000000000Z',
};

const requests = fc.record({
  body: fc.oneof(fc.json(), fc.string(), fc.constant('')),
  prefix: fc.constantFrom('x-shopify-', 'shopify-'),
  signature: fc.constantFrom(
    'right',
    'right',
    'right',
    'other secret',
    'other body',
    'hex',
    'padded',
    'empty',
    'absent',
  ),
  absent: fc.option(fc.constantFrom(...Object.keys(VALUES)), { freq: 2 }),
  otherFamilyToo: fc.boolean(),
});

function sign(body: string, how: string): string | null {
  const hmac = createHmac('sha256', how === 'other secret' ? 'not it' : SECRET).update(
    how === 'other body' ? `${body} ` : body,
  );
  if (how === 'absent') return null;
  if (how === 'empty') return '';
  if (how === 'hex') return hmac.digest('hex');
  return hmac.digest('base64') + (how === 'padded' ? '=' : '');
}

test('says what the library says', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ body, prefix, signature, absent, otherFamilyToo }) => {
      const headers: Record<string, string> = { host: 'app.example', 'content-type': 'application/json' };
      for (const [name, value] of Object.entries(VALUES)) if (name !== absent) headers[prefix + name] = value;
      const hmac = sign(body, signature);
      if (hmac !== null) headers[`${prefix}hmac-sha256`] = hmac;
      if (otherFamilyToo) headers['x-shopify-topic'] ??= 'orders/updated';
      const rawRequest = { method: 'POST', url: '/webhooks', headers };
      const theirs = await library.webhooks.validate({ rawBody: body, rawRequest, rawResponse: {} });
      const ours = verify(headers, Buffer.from(body));
      const theirStatus = theirs.valid ? 200 : theirs.reason === 'invalid_hmac' ? 401 : 400;
      expect(ours.ok ? 200 : ours.status).toBe(theirStatus);
      if (theirs.valid && ours.ok) {
        expect(ours.fields).toMatchObject({
          domain: theirs.domain,
          webhookId: theirs.webhookId,
          apiVersion: theirs.apiVersion,
        });
        expect(ours.fields.topic.toUpperCase().replace('/', '_')).toBe(theirs.topic);
      }
    }),
    { numRuns: 400 },
  );
});

test('reads the documented example headers', () => {
  const body = '{}';
  const headers = Object.fromEntries(
    Object.entries(VALUES).map(([name, value]) => [`x-shopify-${name}`, value]),
  );
  const check = verify({ ...headers, 'x-shopify-hmac-sha256': sign(body, 'right') ?? '' }, Buffer.from(body));
  expect(check).toMatchObject({
    ok: true,
    fields: {
      topic: 'orders/paid',
      eventId: VALUES['event-id'],
      triggeredAt: new Date('2026-11-21T12:00:00Z'),
    },
  });
});

test.each(['evil.example', 'x.myshopify.com.evil.example', '-a.myshopify.com'])(
  'refuses the shop domain %s',
  (domain) => {
    const headers = Object.fromEntries(
      Object.entries({ ...VALUES, 'shop-domain': domain }).map(([name, value]) => [
        `x-shopify-${name}`,
        value,
      ]),
    );
    expect(
      verify({ ...headers, 'x-shopify-hmac-sha256': sign('{}', 'right') ?? '' }, Buffer.from('{}')),
    ).toMatchObject({ ok: false, status: 400 });
  },
);
