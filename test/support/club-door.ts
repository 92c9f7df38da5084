/** The shopper's API over real HTTP, as an extension calls it. */
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { clubDoor } from '#app/modules/club-api/club-door.server.ts';

export interface ClubCall {
  /** Null for a request without a token. */
  token?: string | null;
  method?: string;
  /** A text is sent as it is, anything else as JSON. */
  body?: unknown;
}

export interface ClubDoor {
  /** Sends one request; the token is the file's own unless another is given. */
  call: (path: string, call?: ClubCall) => Promise<Response>;
  /** Posts what `send` writes, in chunks: no header announces the length. Resolves with the headers of the response. */
  stream: (path: string, send: (request: ClientRequest) => void) => Promise<IncomingMessage>;
}

/** Opens the shopper's door, or another one, for the tests of a file. */
export function useClubDoor(tokenOf: () => string, door: http.RequestListener = clubDoor): ClubDoor {
  const server = http.createServer(door);
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
  return {
    call: (path, { token = tokenOf(), method = 'GET', body } = {}) =>
      fetch(`${origin}${path}`, {
        method,
        headers: {
          origin: 'https://extensions.shopifycdn.com',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    stream: (path, send) =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${tokenOf()}`, 'transfer-encoding': 'chunked' };
        let answered = false;
        const request = http.request(`${origin}${path}`, { method: 'POST', headers }, (response) => {
          answered = true;
          response.resume();
          resolve(response);
        });
        // The door closes the connection while the body is still being sent.
        request.on('error', (error) => answered || reject(error));
        send(request);
      }),
  };
}
