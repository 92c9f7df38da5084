import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '#app/env.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { intakeSeconds, webhooksReceived } from '#app/lib/metrics.server.ts';
import { readBody } from '#app/lib/read-body.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { hasSignature, isJsonBody, webhookVerifier } from './signature.server.ts';
import { storeWebhook } from './store-webhook.server.ts';

/** The address of every topic in shopify.app.toml. */
export const WEBHOOK_PATH = '/webhooks';

/** Shopify's largest order payloads are some hundred KB. */
const BODY_BYTES_MAX = 2 * 1024 * 1024;
/** Shopify sends a body at once; what takes longer holds memory for nothing. */
const BODY_MS_MAX = 10_000;

const MS_PER_SECOND = 1_000;
const RETRY_AFTER_SECONDS = '5';

const verify = webhookVerifier(env.SHOPIFY_API_SECRET);

interface Answer {
  status: 200 | 400 | 401 | 405 | 408 | 413 | 499 | 503;
  reason?: string;
  /** For the log of refusals: ids only. */
  event?: { shop: string; topic: string; webhookId: string };
}

/**
 * The only endpoint for webhooks: verifies, stores, responds; the worker does everything else. 200 only when the
 * event is committed (now or earlier), 401 wrong signature, 400 missing headers or a body that isn't JSON, 405 not a
 * POST, 413 over 2 MiB, 503 when the database can't take it. Runs before Express and Remix, whose request path costs
 * more than the work itself (docs/benchmarks.md). Never throws.
 */
export function webhookDoor(req: IncomingMessage, res: ServerResponse): void {
  const start = performance.now();
  void receive(req)
    .catch((error: unknown): Answer => {
      logger.error({ reason: safeErrorText(error) }, 'webhook not stored');
      return { status: 503, reason: 'not_stored' };
    })
    .then((answer) => finish(req, res, answer, performance.now() - start));
}

async function receive(req: IncomingMessage): Promise<Answer> {
  if (req.method !== 'POST') return { status: 405, reason: 'method' };
  // Without a signature the body is worth nothing: it is not even read.
  if (!hasSignature(req.headers)) return { status: 400, reason: 'missing_hmac' };
  const read = await readBody(req, { bytes: BODY_BYTES_MAX, ms: BODY_MS_MAX });
  if (read.state === 'aborted') return { status: 499, reason: 'aborted' };
  if (read.state === 'busy') return { status: 503, reason: 'busy' };
  if (read.state === 'too_slow') return { status: 408, reason: 'too_slow' };
  if (read.state === 'too_large') return { status: 413, reason: 'too_large' };
  const check = verify(req.headers, read.body);
  if (!check.ok) return { status: check.status, reason: check.reason };
  if (!isJsonBody(read.body)) {
    const { domain: shop, topic, webhookId } = check.fields;
    return { status: 400, reason: 'not_json', event: { shop, topic, webhookId } };
  }
  await storeWebhook({ fields: check.fields, rawBody: read.body });
  return { status: 200 };
}

function finish(
  req: IncomingMessage,
  res: ServerResponse,
  { status, reason, event }: Answer,
  durationMs: number,
): void {
  webhooksReceived.inc({ status: String(status) });
  intakeSeconds.observe(durationMs / MS_PER_SECOND);
  // What was stored is logged a batch at a time (store-events.server.ts).
  if (status !== 200)
    logger.warn({ ...event, status, reason, durationMs: Math.round(durationMs) }, 'webhook refused');
  if (res.destroyed) return;
  const headers: Record<string, string> = { 'content-length': '0' };
  if (status === 405) headers.allow = 'POST';
  // What is left of the body is not awaited.
  if (!req.complete) headers.connection = 'close';
  if (status === 503) headers['retry-after'] = RETRY_AFTER_SECONDS;
  res.writeHead(status, headers).end();
}
