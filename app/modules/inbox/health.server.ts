import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Gauge } from 'prom-client';
import { pool } from '#app/db.server.ts';
import { env } from '#app/env.server.ts';
import { sha256 } from '#app/lib/ids.ts';
import { registry } from '#app/lib/metrics.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { countFailingShops } from '#app/modules/shops/task-failures.server.ts';

/** The worker looks every five seconds: an event that has been due for this long means that no worker is running. */
const QUEUE_AGE_MAX_SECONDS = 5 * 60;
const QUERY_TIMEOUT_MS = 3_000;
const HEALTH_FRESH_MS = 1_000;

/** What the database knows about the inbox, for load balancers and monitoring. */
export interface Health {
  isHealthy: boolean;
  database: 'up' | 'down';
  /** How long the oldest due event has been waiting; null when the database is down. */
  queueAgeSeconds: number | null;
  queueDepth: number | null;
  deadEvents: number | null;
  lastWebhookAt: string | null;
  /** Only when the database is down. */
  reason?: string;
}

interface InboxFigures {
  queueAgeSeconds: number;
  queueDepth: number;
  deadEvents: number;
  lastWebhookAt: Date | null;
  /** By topic. */
  worked5m: Record<string, number>;
  latencyP50: number | null;
  latencyP95: number | null;
}

/**
 * Each figure comes from a small partial index, because this is queried every few seconds. Depth is exact up to
 * 10,000.
 */
const FIGURES = `
  WITH due AS (
    SELECT next_attempt_at, received_at FROM webhook_events
     WHERE state = 'pending' AND next_attempt_at <= statement_timestamp() ORDER BY next_attempt_at LIMIT 10000),
  worked AS (
    SELECT topic, extract(epoch FROM processed_at - received_at) AS latency FROM webhook_events
     WHERE state = 'done' AND processed_at > statement_timestamp() - interval '5 minutes'
     ORDER BY processed_at DESC LIMIT 10000)
  SELECT coalesce(extract(epoch FROM statement_timestamp() - (SELECT min(next_attempt_at) FROM due)), 0)::float8
           AS "queueAgeSeconds",
         (SELECT count(*)::int FROM due) AS "queueDepth",
         (SELECT count(*)::int FROM webhook_events WHERE state = 'dead') AS "deadEvents",
         greatest((SELECT max(received_at) FROM due),
                  (SELECT received_at FROM webhook_events WHERE state = 'done' ORDER BY processed_at DESC LIMIT 1))
           AS "lastWebhookAt",
         (SELECT coalesce(jsonb_object_agg(topic, events), '{}')
            FROM (SELECT topic, count(*)::int AS events FROM worked GROUP BY topic) by_topic) AS "worked5m",
         (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY latency) FROM worked)::float8 AS "latencyP50",
         (SELECT percentile_disc(0.95) WITHIN GROUP (ORDER BY latency) FROM worked)::float8 AS "latencyP95"`;

const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
const gauges = {
  databaseUp: gauge('setia_database_up', '1 when the database answers'),
  queueAge: gauge('setia_inbox_queue_age_seconds', 'How long the oldest due event waits'),
  queueDepth: gauge('setia_inbox_due_events', 'Events whose time has come, up to 10,000'),
  dead: gauge('setia_inbox_dead_events', 'Events that were given up and wait for a person'),
};
const worked = new Gauge({
  name: 'setia_inbox_worked_5m',
  help: 'Events processed in the last five minutes by topic, up to 10,000 in all',
  labelNames: ['topic'] as const,
  registers: [registry],
});
const latency = new Gauge({
  name: 'setia_inbox_latency_seconds',
  help: 'From received to processed, of the events of the last five minutes',
  labelNames: ['quantile'] as const,
  registers: [registry],
});

const failing = new Gauge({
  name: 'setia_task_failing_shops',
  help: 'Shops in which a task of the worker failed when it was last tried',
  labelNames: ['task'] as const,
  registers: [registry],
});

/** Reads the health; never throws. */
export async function readHealth(): Promise<Health> {
  try {
    const { queueAgeSeconds, queueDepth, deadEvents, lastWebhookAt } = await readFigures();
    return {
      isHealthy: queueAgeSeconds <= QUEUE_AGE_MAX_SECONDS,
      database: 'up',
      queueAgeSeconds: Math.round(queueAgeSeconds),
      queueDepth,
      deadEvents,
      lastWebhookAt: lastWebhookAt?.toISOString() ?? null,
    };
  } catch (error) {
    const nothing = { queueAgeSeconds: null, queueDepth: null, deadEvents: null, lastWebhookAt: null };
    return { isHealthy: false, database: 'down', ...nothing, reason: safeErrorText(error) };
  }
}

/**
 * GET /healthz: 200, or 503 when the database is away or events wait for over five minutes. The figures are for those who
 * know the operations token; anyone may ask whether all is well, and what that costs is asked at most once a second.
 */
export async function healthHandler(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const health = isOperator(req) ? await readHealth() : await recentHealth();
  const shown = isOperator(req) ? health : { isHealthy: health.isHealthy };
  send(res, health.isHealthy ? 200 : 503, 'application/json', JSON.stringify(shown));
}

let recent: { health: Promise<Health>; atMs: number } | undefined;

function recentHealth(): Promise<Health> {
  const now = performance.now();
  if (recent === undefined || now - recent.atMs > HEALTH_FRESH_MS)
    recent = { health: readHealth(), atMs: now };
  return recent.health;
}

/** Whether a request carries the operations token. Without one in the environment no request does. */
function isOperator(req: IncomingMessage): boolean {
  if (env.OPERATIONS_TOKEN === undefined) return false;
  return isSameSecret(req.headers.authorization ?? '', `Bearer ${env.OPERATIONS_TOKEN}`);
}

function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(expected)));
}

/**
 * GET /metrics: this process's counters and what the database knows, in the format of Prometheus. 404 to requests without
 * the operations token.
 */
export async function metricsHandler(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (!isOperator(req)) return send(res, 404, 'text/plain', '');
  try {
    const figures = await readFigures();
    gauges.databaseUp.set(1);
    gauges.queueAge.set(figures.queueAgeSeconds);
    gauges.queueDepth.set(figures.queueDepth);
    gauges.dead.set(figures.deadEvents);
    worked.reset();
    for (const [topic, events] of Object.entries(figures.worked5m)) worked.set({ topic }, events);
    latency.set({ quantile: '0.5' }, figures.latencyP50 ?? 0);
    latency.set({ quantile: '0.95' }, figures.latencyP95 ?? 0);
    failing.reset();
    for (const [task, shops] of await countFailingShops()) failing.set({ task }, shops);
  } catch {
    gauges.databaseUp.set(0);
  }
  send(res, 200, registry.contentType, await registry.metrics());
}

async function readFigures(): Promise<InboxFigures> {
  const query = { text: FIGURES, query_timeout: QUERY_TIMEOUT_MS };
  const { rows } = await pool.query<InboxFigures>(query);
  const [figures] = rows;
  if (!figures) throw new Error('the figures gave no row');
  return figures;
}

function send(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
