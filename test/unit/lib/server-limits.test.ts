import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { cutSlowBody, limitServer } from '#app/lib/server-limits.ts';

/** Responds to POSTs after their body, to GETs never. */
const server = http.createServer((req, res) => {
  cutSlowBody(req, (req.url ?? '').split('?')[0] ?? '');
  if (req.url === '/answered') res.end('early');
  else req.resume().on('end', () => req.method === 'POST' && res.end('late'));
});
let port = 0;

beforeAll(async () => {
  limitServer(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => vi.useRealTimers());
afterAll(() => server.closeAllConnections());

/** A request whose body stops after its first byte; resolves when the server ends the connection. */
async function slowRequest(path: string) {
  const socket = net.connect(port, '127.0.0.1');
  let isClosed = false;
  socket.on('error', () => undefined).on('close', () => (isClosed = true));
  const arrived = new Promise((resolve) => server.once('request', resolve));
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n1`);
  await arrived;
  return { isClosed: () => isClosed, socket: socket.resume() };
}

it.each([
  ['/app/settings', 30_000],
  ['/app/settings?x=/app/customers/1/photo-upload', 30_000],
  ['/answered', 30_000],
  ['/api/redemptions', 30_000],
  ['/app/customers/1/photo-upload', 180_000],
  ['/app/customers/import/upload', 900_000],
])('a body of %s that does not arrive is cut after %i ms', async (path, ms) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { isClosed, socket } = await slowRequest(path);
  await vi.advanceTimersByTimeAsync(ms - 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isClosed()).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await vi.waitFor(() => expect(isClosed()).toBe(true));
  socket.destroy();
});

it('a request without a body, or with one that has arrived, is left alone', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const before = vi.getTimerCount();
  const waiting = http.get({ port, host: '127.0.0.1', agent: false }).on('error', () => undefined);
  await new Promise((resolve) => server.once('request', resolve));
  const answered = await new Promise<number | undefined>((resolve) => {
    http
      .request({ port, host: '127.0.0.1', method: 'POST', agent: false }, (res) => resolve(res.statusCode))
      .end('x');
  });
  expect(answered).toBe(200);
  expect(vi.getTimerCount() - before).toBe(0);
  waiting.destroy();
});

it('a server takes 2,000 connections and ends silent ones', () => {
  expect([server.maxConnections, server.headersTimeout, server.timeout]).toEqual([2_000, 10_000, 180_000]);
});
