/** /healthz and /metrics as a load balancer and Prometheus would ask them. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { healthHandler, metricsHandler } from '#app/modules/shops/health.server.ts';
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

async function health(): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${origin}/healthz`);
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

test('is unhealthy when an event has been due for more than five minutes: nobody works', async () => {
  await pool.query(
    `UPDATE webhook_events SET next_attempt_at = clock_timestamp() - interval '299 seconds' WHERE state = 'pending'`,
  );
  expect((await health()).status).toBe(200);
  await pool.query(
    `UPDATE webhook_events SET next_attempt_at = clock_timestamp() - interval '302 seconds' WHERE state = 'pending'`,
  );
  expect(await health()).toMatchObject({ status: 503, body: { isHealthy: false, database: 'up' } });
});

test('metrics tell the same in the format of Prometheus', async () => {
  await pool.query(
    `UPDATE webhook_events SET state = 'done', processed_at = received_at + interval '250 ms' WHERE state = 'pending'`,
  );
  const response = await fetch(`${origin}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  for (const line of [
    'setia_database_up 1',
    'setia_inbox_dead_events 1',
    'setia_inbox_due_events 0',
    'setia_inbox_worked_5m{topic="orders/paid"} 2',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toContain('setia_inbox_latency_seconds{quantile="0.95"} 0.25');
  expect(text).toContain('# TYPE setia_webhooks_received_total counter');
});

test('answers 503 and still shows metrics when the database does not answer', async () => {
  await pool.query('ALTER TABLE webhook_events RENAME TO webhook_events_away');
  const { status, body } = await health();
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  await pool.query('ALTER TABLE webhook_events_away RENAME TO webhook_events');
  expect([status, body.database]).toEqual([503, 'down']);
  expect(metrics.split('\n')).toContain('setia_database_up 0');
});
