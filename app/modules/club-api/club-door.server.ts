import type { IncomingMessage, ServerResponse } from 'node:http';
import { readCustomerToken } from '#app/integrations/shopify/customer-token.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { clubRequests, clubSeconds } from '#app/lib/metrics.server.ts';
import { isDatabaseOutage } from '#app/lib/pg-errors.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import type { Reply } from './answers.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.server.ts';

/** Every address of the club API begins with it. */
export const CLUB_API_PREFIX = '/api/';

const MS_PER_SECOND = 1_000;

/**
 * Extensions run at an origin of Shopify's, and a shop's pages at the shop's: a customer's own token opens the door, so
 * any origin may ask. Also on refusals, which the extension could not tell from a lost connection otherwise.
 */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'Authorization, Content-Type',
  'access-control-expose-headers': 'Retry-After',
};
const PREFLIGHT_MAX_AGE_SECONDS = '7200';
/** While the database is away. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Everything that a shopper's browser asks, with a customer's session token: 401 without a valid one, 403 if the shop
 * does not have the app, 404 and 405 for what there is not, 429 out of turn, 503 while the database is away. Runs before Express and
 * Remix, whose request path costs more than the work itself. Never throws.
 */
export function clubDoor(req: IncomingMessage, res: ServerResponse): void {
  const start = performance.now();
  const [path = '', search = ''] = (req.url ?? '').split('?', 2);
  const endpoint = ENDPOINTS.find((each) => each.path.test(path));
  const name = endpoint?.name ?? 'none';
  void serve(req, endpoint, path, search)
    .catch((error: unknown): Reply => {
      logger.error({ endpoint: name, reason: safeErrorText(error) }, 'request of a shopper failed');
      return isDatabaseOutage(error)
        ? { status: 503, retryAfterSeconds: RETRY_AFTER_SECONDS }
        : { status: 500 };
    })
    .then((reply) => {
      clubRequests.inc({ endpoint: name, status: String(reply.status) });
      clubSeconds.observe({ endpoint: name }, (performance.now() - start) / MS_PER_SECOND);
      send(req, res, endpoint, reply);
    });
}

async function serve(
  req: IncomingMessage,
  endpoint: Endpoint | undefined,
  path: string,
  search: string,
): Promise<Reply> {
  if (!endpoint) return { status: 404 };
  if (req.method === 'OPTIONS') return { status: 204 };
  const shopper = await readCustomerToken(req.headers.authorization);
  if (!shopper) return { status: 401 };
  if (req.method !== endpoint.method) return { status: 405 };
  const [, id = ''] = endpoint.path.exec(path) ?? [];
  return endpoint.run({ shopper, id, search, req });
}

function send(
  req: IncomingMessage,
  res: ServerResponse,
  endpoint: Endpoint | undefined,
  { status, body, retryAfterSeconds }: Reply,
): void {
  if (res.destroyed) return;
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers: Record<string, string | number> = {
    ...CORS,
    // What is said is personal: nothing may store it.
    'cache-control': 'no-store',
  };
  if (status !== 204) headers['content-length'] = Buffer.byteLength(text);
  if (text !== '') headers['content-type'] = 'application/json; charset=utf-8';
  if (status === 204) headers['access-control-max-age'] = PREFLIGHT_MAX_AGE_SECONDS;
  if (status === 405 && endpoint) headers.allow = endpoint.method;
  if (retryAfterSeconds !== undefined) headers['retry-after'] = retryAfterSeconds;
  // The rest of a body that is too large or too slow, or that no one wanted, is not awaited.
  if (!req.complete) headers.connection = 'close';
  res.writeHead(status, headers).end(text);
}
