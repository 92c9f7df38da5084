import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a handler gets: the request, the captured `:names` of the path, and ways to respond. */
export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  params: Record<string, string>;
  /** The raw body, read once. */
  body(): Promise<Buffer>;
  /** The body parsed as JSON (an empty body is `{}`). Throws `BadRequest` when it is not JSON. */
  json(): Promise<unknown>;
  /** The body parsed as an HTML form. */
  form(): Promise<URLSearchParams>;
  /** Responds with JSON. */
  sendJson(status: number, value: unknown, headers?: Record<string, string>): void;
  /** Responds with text of a content type (`text/html; charset=utf-8` by default). */
  sendText(status: number, text: string, contentType?: string, headers?: Record<string, string>): void;
  /** Redirects to another address with 303. */
  redirect(location: string, headers?: Record<string, string>): void;
};

export type Handler = (exchange: Exchange) => void | Promise<void>;

/** Thrown by a handler that can't understand its input; the server responds 400 with the message. */
export class BadRequest extends Error {
  override name = 'BadRequest';
}

type Route = { method: string; pattern: RegExp; names: string[]; handler: Handler };

const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

/** A table of routes; the first that matches handles the request. */
export class Router {
  readonly #routes: Route[] = [];

  /**
   * Adds a route. `:name` captures one path segment and `*rest` the remainder, slashes included. `method` is `GET`,
   * `POST` … or `*` for any.
   */
  add(method: string, path: string, handler: Handler): void {
    const names: string[] = [];
    const source = path
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/([:*])(\w+)/g, (_match, mark: string, name: string) => {
        names.push(name);
        return mark === ':' ? '([^/]+)' : '(.*)';
      });
    this.#routes.push({ method, pattern: new RegExp(`^${source}$`), names, handler });
  }

  /** Finds the handler and parameters for a request; null when no route has this method and path. */
  match(method: string, path: string): { handler: Handler; params: Record<string, string> } | null {
    for (const route of this.#routes) {
      if (route.method !== '*' && route.method !== method) continue;
      const found = route.pattern.exec(path);
      if (!found) continue;
      const params: Record<string, string> = {};
      for (const [index, name] of route.names.entries()) {
        params[name] = decodeURIComponent(found[index + 1] ?? '');
      }
      return { handler: route.handler, params };
    }
    return null;
  }
}

/** Wraps Node's request and response for a handler. */
export function exchangeOf(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  params: Record<string, string>,
): Exchange {
  let body: Promise<Buffer> | null = null;
  const readOnce = () => (body ??= readBody(request));
  const send = (status: number, text: string, contentType: string, headers: Record<string, string>) => {
    response.writeHead(status, { 'content-type': contentType, ...headers });
    response.end(text);
  };
  return {
    request,
    response,
    url,
    params,
    body: readOnce,
    async json() {
      const text = (await readOnce()).toString('utf8');
      if (text === '') return {};
      try {
        const value: unknown = JSON.parse(text);
        return value;
      } catch {
        throw new BadRequest('the body is not JSON');
      }
    },
    async form() {
      return new URLSearchParams((await readOnce()).toString('utf8'));
    },
    sendJson: (status, value, headers = {}) =>
      send(status, JSON.stringify(value), 'application/json; charset=utf-8', headers),
    sendText: (status, text, contentType = 'text/html; charset=utf-8', headers = {}) =>
      send(status, text, contentType, headers),
    redirect: (location, headers = {}) => send(303, '', 'text/plain', { location, ...headers }),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const parts: AsyncIterable<Buffer> = request;
  for await (const part of parts) {
    size += part.length;
    if (size > LARGEST_BODY_BYTES) throw new BadRequest(`a body is at most ${LARGEST_BODY_BYTES} bytes`);
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}
