/** The stream of a bulk file over HTTP: any chunks, any start position, with and without support for ranges. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';

const LINES = Array.from({ length: 50 }, (_, at) => ({
  id: `gid://shopify/Order/${at}`,
  name: 'ä'.repeat(at),
}));
const FILE = Buffer.from(LINES.map((line) => JSON.stringify(line)).join('\n') + '\n');

let bulk: typeof import('#app/integrations/shopify/bulk.server.ts');
let origin: string;
let answer: { ranges: boolean; status: number; pieceBytes: number; until: number };
const server = http.createServer((request, response) => {
  const from = answer.ranges ? Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0) : 0;
  response.writeHead(answer.status === 200 && from > 0 ? 206 : answer.status, {
    'content-length': FILE.length - from,
  });
  for (let at = from; at < Math.min(FILE.length, answer.until); at += answer.pieceBytes)
    response.write(FILE.subarray(at, Math.min(at + answer.pieceBytes, answer.until)));
  if (answer.until < FILE.length) setTimeout(() => response.destroy(), 30);
  else response.end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.SHOPIFY_SANDBOX_ORIGIN = origin;
  bulk = await import('#app/integrations/shopify/bulk.server.ts');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function read(fromByte = 0, url = `${origin}/file`) {
  const values: unknown[] = [];
  let nextByte = fromByte;
  const error = await (async () => {
    for await (const line of bulk.streamBulkLines(url, fromByte)) {
      values.push(line.value);
      nextByte = line.nextByte;
    }
  })().catch((thrown: unknown) => thrown);
  return { values, nextByte, error };
}
const whole = { ranges: true, status: 200, until: Infinity };

test.each([1, 7, 64, 1_000_000])('in chunks of %i bytes', async (pieceBytes) => {
  answer = { ...whole, pieceBytes };
  expect(await read()).toEqual({ values: LINES, nextByte: FILE.length, error: undefined });
});

test.each([true, false])(
  'broken off anywhere, it goes on from there (server with ranges: %s)',
  async (ranges) => {
    for (const until of [1, 40, 333, 2_000]) {
      answer = { ranges, status: 200, pieceBytes: 50, until };
      const first = await read();
      expect(first.error).toMatchObject({ name: 'UpstreamError', code: 'upstream', retryable: true });
      answer = { ...whole, ranges, pieceBytes: 50 };
      const second = await read(first.nextByte);
      expect([...first.values, ...second.values]).toEqual(LINES);
    }
  },
);

test('an expired address, a failing server, a foreign address', async () => {
  answer = { ...whole, pieceBytes: 50, status: 403 };
  expect((await read()).error).toBeInstanceOf(bulk.BulkFileGone);
  answer = { ...whole, pieceBytes: 50, status: 503 };
  expect((await read()).error).toMatchObject({ retryable: true });
  expect((await read(0, 'http://127.0.0.1:9/file')).error).toMatchObject({ retryable: false });
});
