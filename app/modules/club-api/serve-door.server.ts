/** What the doors of the club API have in common: from the address of a request to its response. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { logger } from '#app/lib/logger.server.ts';
import { clubRequests, clubSeconds } from '#app/lib/metrics.server.ts';
import { isDatabaseOutage } from '#app/lib/pg-errors.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import type { Reply } from './answers.ts';

const MS_PER_SECOND = 1_000;
/** While the database is away. */
const RETRY_AFTER_SECONDS = 5;

/** An address of a door. */
export interface DoorEndpoint {
  name: string;
  method: 'GET' | 'POST';
  path: RegExp;
}

/** A request for one of a door's addresses. */
export interface DoorRequest<Endpoint> {
  endpoint: Endpoint;
  /** What the path's placeholder holds; empty for none. */
  id: string;
  /** The part of the address after the question mark. */
  search: string;
  req: IncomingMessage;
}

export interface Door<Endpoint extends DoorEndpoint> {
  /** Of its metrics: in front of an endpoint's name. */
  prefix: string;
  endpoints: readonly Endpoint[];
  /** Sent with everything that is said, refusals too. */
  headers: Readonly<Record<string, string>>;
  /** Sent with a reply without content. */
  emptyHeaders?: Readonly<Record<string, string>>;
  /** Checks who asks, and then runs the endpoint, whatever its method is. */
  serve: (request: DoorRequest<Endpoint>) => Promise<Reply>;
}

/** Returns a door as a listener that never throws: 404 for what there is not, 503 while the database is away. */
export function openDoor<Endpoint extends DoorEndpoint>(
  door: Door<Endpoint>,
): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    const start = performance.now();
    const [path = '', search = ''] = splitAddress(req.url ?? '');
    const there = door.endpoints.filter((each) => each.path.test(path));
    const endpoint = there.find(({ method }) => method === req.method) ?? there[0];
    const name = `${door.prefix}${endpoint?.name ?? 'none'}`;
    const [, id = ''] = endpoint?.path.exec(path) ?? [];
    const reply = endpoint
      ? door.serve({ endpoint, id, search, req })
      : Promise.resolve<Reply>({ status: 404 });
    void reply
      .catch((error: unknown): Reply => {
        logger.error({ endpoint: name, reason: safeErrorText(error) }, 'request of a shopper failed');
        return isDatabaseOutage(error)
          ? { status: 503, retryAfterSeconds: RETRY_AFTER_SECONDS }
          : { status: 500 };
      })
      .then((answer) => {
        clubRequests.inc({ endpoint: name, status: String(answer.status) });
        clubSeconds.observe({ endpoint: name }, (performance.now() - start) / MS_PER_SECOND);
        send(req, res, door, endpoint, answer);
      });
  };
}

/** A second question mark belongs to the search, as it does in what Shopify signs. */
function splitAddress(address: string): [string, string] {
  const at = address.indexOf('?');
  return at === -1 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
}

function send<Endpoint extends DoorEndpoint>(
  req: IncomingMessage,
  res: ServerResponse,
  door: Door<Endpoint>,
  endpoint: Endpoint | undefined,
  { status, body, html, retryAfterSeconds }: Reply,
): void {
  if (res.destroyed) return;
  const text = html ?? (body === undefined ? '' : JSON.stringify(body));
  const headers: Record<string, string | number> = {
    ...door.headers,
    // What is said is personal: nothing may store it.
    'cache-control': 'no-store',
    ...(status === 204 ? door.emptyHeaders : {}),
  };
  if (status !== 204) headers['content-length'] = Buffer.byteLength(text);
  const type = html === undefined ? 'application/json' : 'text/html';
  if (text !== '') headers['content-type'] = `${type}; charset=utf-8`;
  if (status === 405 && endpoint) headers.allow = endpoint.method;
  if (retryAfterSeconds !== undefined) headers['retry-after'] = retryAfterSeconds;
  // The rest of a body that is too large or too slow, or that no one wanted, is not awaited.
  if (!req.complete) headers.connection = 'close';
  res.writeHead(status, headers).end(text);
}
