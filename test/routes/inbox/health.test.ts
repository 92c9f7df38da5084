/** /healthz and /metrics as a load balancer and Prometheus would ask them. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pool } from '#app/db.server.ts';
import { healthHandler, metricsHandler } from '#app/modules/inbox/health.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { TEST_ENVIRONMENT } from '#test/support/environment.ts';
import { givenEvent, givenShop } from '#test/support/shops.ts';

const server = http.createServer((req, res) => {
  void (req.url === '/healthz' ? healthHandler(req, res) : metricsHandler(req, res));
});
let origin = '';
let shopId = 0n;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ({ shopId } = await givenShop());
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const OPERATOR = { authorization: `Bearer ${TEST_ENVIRONMENT.OPERATIONS_TOKEN}` };

async function health(
  headers: Record<string, string> = OPERATOR,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${origin}/healthz`, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('is healthy with an empty inbox and says so without a last webhook', async () => {
  expect(await health()).toEqual({
    status: 200,
    body: {
      isHealthy: true,
      database: 'up',
      queueAgeSeconds: 0,
      queueDepth: 0,
      deadEvents: 0,
      lastWebhookAt: null,
    },
  });
});

test.each([
  ['no token', undefined],
  ['a wrong one', 'Bearer the-operations-token-of-test5'],
  ['a longer one', `Bearer ${TEST_ENVIRONMENT.OPERATIONS_TOKEN}x`],
  ['the token alone', TEST_ENVIRONMENT.OPERATIONS_TOKEN],
  ['an empty one', 'Bearer '],
])(
  'with %s there are no metrics, and of the health only whether all is well',
  async (_which, authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    expect(await health(headers)).toEqual({ status: 200, body: { isHealthy: true } });
    const metrics = await fetch(`${origin}/metrics`, { headers });
    expect([metrics.status, await metrics.text()]).toEqual([404, '']);
  },
);

test('a thousand questions without a token are one a second to the database', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const asked = vi.spyOn(pool, 'query');
  const start = performance.now();
  await Promise.all(Array.from({ length: 1_000 }, () => health({})));
  expect(asked.mock.calls.length).toBeLessThanOrEqual(2 + (performance.now() - start) / 1_000);
  asked.mockRestore();
});

test('counts what waits; an event that waits for its next attempt is not due', async () => {
  const ids = [
    await givenEvent(shopId, 'orders/paid', '{}'),
    await givenEvent(shopId, 'orders/paid', '{}'),
    await givenEvent(shopId, 'orders/paid', '{}'),
  ];
  await pool.query(
    `UPDATE webhook_events SET next_attempt_at = clock_timestamp() + interval '1 hour' WHERE inbox_id = $1`,
    [ids[0]],
  );
  await pool.query(`UPDATE webhook_events SET state = 'dead' WHERE inbox_id = $1`, [ids[1]]);
  const { status, body } = await health();
  expect(status).toBe(200);
  expect(body).toMatchObject({
    queueDepth: 1,
    deadEvents: 1,
    lastWebhookAt: expect.stringMatching(/^\d{4}-/),
  });
});

test('is unhealthy when an event has been due for more than five minutes: no worker runs', async () => {
  await pool.query(
    `UPDATE webhook_events SET next_attempt_at = clock_timestamp() - interval '299 seconds' WHERE state = 'pending'`,
  );
  expect((await health()).status).toBe(200);
  await pool.query(
    `UPDATE webhook_events SET next_attempt_at = clock_timestamp() - interval '302 seconds' WHERE state = 'pending'`,
  );
  expect(await health()).toMatchObject({ status: 503, body: { isHealthy: false, database: 'up' } });
});

test('metrics show the same in the format of Prometheus', async () => {
  await pool.query(
    `UPDATE webhook_events SET state = 'done', processed_at = received_at + interval '250 ms' WHERE state = 'pending'`,
  );
  await forEachShop('expire-lots', [{ shopId }], () => Promise.reject(new Error('broken')));
  const response = await fetch(`${origin}/metrics`, { headers: OPERATOR });
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  for (const line of [
    'setia_database_up 1',
    'setia_inbox_dead_events 1',
    'setia_inbox_due_events 0',
    'setia_inbox_worked_5m{topic="orders/paid"} 2',
    'setia_task_failing_shops{task="expire-lots"} 1',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toContain('setia_inbox_latency_seconds{quantile="0.95"} 0.25');
  expect(text).toContain('# TYPE setia_webhooks_received_total counter');
});

test('responds 503 and still shows metrics when the database is unreachable', async () => {
  await pool.query('ALTER TABLE webhook_events RENAME TO webhook_events_away');
  const { status, body } = await health();
  const metrics = await (await fetch(`${origin}/metrics`, { headers: OPERATOR })).text();
  await pool.query('ALTER TABLE webhook_events_away RENAME TO webhook_events');
  expect([status, body.database]).toEqual([503, 'down']);
  expect(metrics.split('\n')).toContain('setia_database_up 0');
});
