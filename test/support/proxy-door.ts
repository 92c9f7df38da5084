/** The app proxy's door over real HTTP, as Shopify forwards a page's request. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { proxyDoor } from '#app/modules/club-api/proxy-door.server.ts';

export interface ProxyCall {
  method?: string;
  /** Sent as JSON, a form as a form. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Opens the door for the tests of a file; returns what sends one request to `/proxy/` with a signed search. */
export function useProxyDoor(): (path: string, search: string, call?: ProxyCall) => Promise<Response> {
  const server = http.createServer(proxyDoor);
  let origin = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return (path, search, { method = 'GET', body, headers = {} } = {}) =>
    fetch(`${origin}/proxy/${path}?${search}`, {
      method,
      headers: {
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
}
