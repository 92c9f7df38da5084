/**
 * Where photos are stored: the folder of this file's environment, and a bucket of an S3-compatible store on this
 * machine.
 */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEnvironment } from '#app/env.server.ts';
import { makeStorage, readFile, removeFile, storeFile } from '#app/integrations/storage/files.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';

const KEY = 'shops/1/photos/a b/ü';

test('the folder stores bytes under any key, is private to its owner, and drops what is removed', async () => {
  await storeFile(KEY, new Uint8Array([1, 2, 3]));
  await storeFile(KEY, new Uint8Array([4, 5]));
  expect(await readFile(KEY)).toEqual(new Uint8Array([4, 5]));
  expect(await readFile('shops/1/photos/other')).toBeNull();
  expect((fs.statSync(process.env.FILES_DIR!).mode & 0o777).toString(8)).toBe('700');
  await removeFile(KEY);
  await removeFile(KEY);
  expect(await readFile(KEY)).toBeNull();
});

test('a refusing storage is reported as such, not as a bug', async () => {
  fs.rmSync(process.env.FILES_DIR!, { recursive: true, force: true });
  fs.writeFileSync(process.env.FILES_DIR!, 'not a folder');
  await expect(storeFile(KEY, new Uint8Array([1]))).rejects.toThrow(UpstreamError);
  fs.rmSync(process.env.FILES_DIR!);
});

const bucketOf = (server: http.Server) =>
  makeStorage({
    FILES_DIR: '/nowhere/at/all',
    FILES_S3_BUCKET: 'club',
    FILES_S3_REGION: 'ap-southeast-1',
    FILES_S3_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    FILES_S3_KEY_ID: 'KEYID',
    FILES_S3_SECRET: 'secret',
  });
const bytesOf = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) =>
  new Uint8Array(await new Response(stream).arrayBuffer());

describe('a large file in a bucket', () => {
  const MIB = 1024 * 1024;
  const SIZE = 128 * MIB;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-bucket-'));
  const file = path.join(folder, 'large');
  let received = 0;
  let lengths: (string | undefined)[] = [];
  let mayEnd: Promise<void> = Promise.resolve();
  const server = http.createServer((request, response) => {
    if (request.method === 'PUT') {
      lengths.push(request.headers['content-length']);
      request.on('data', (chunk: Buffer) => (received += chunk.length));
      request.on('end', () => response.end());
      return;
    }
    response.writeHead(200, { 'content-length': '8' });
    response.write('half');
    void mayEnd.then(() => response.end('half'));
  });
  beforeAll(async () => {
    fs.writeFileSync(file, '');
    fs.truncateSync(file, SIZE);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
    fs.rmSync(folder, { recursive: true });
  });

  test('goes in in pieces, with its length', async () => {
    received = 0;
    lengths = [];
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 5);
    const before = process.memoryUsage().arrayBuffers;
    await bucketOf(server).put('large', await fs.openAsBlob(file));
    clearInterval(watch);
    expect(received).toBe(SIZE);
    expect(lengths).toEqual([String(SIZE)]);
    expect(most - before).toBeLessThan(SIZE * 0.75);
  });

  test('comes out in pieces, before all of it is there', async () => {
    let end: () => void = () => undefined;
    mayEnd = new Promise((resolve) => {
      end = resolve;
    });
    const opened = await bucketOf(server).open('large');
    expect(opened!.bytes).toBe(8);
    const reader = opened!.stream.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('half');
    end();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('half');
    expect((await reader.read()).done).toBe(true);
  });
});

describe('a bucket', () => {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const place = decodeURIComponent(request.url ?? '');
      requests.push(`${request.method} ${place} ${request.headers.authorization?.split(',')[0]}`);
      const known = objects.get(place);
      if (request.method === 'PUT') objects.set(place, Buffer.concat(chunks));
      else if (request.method === 'DELETE') objects.delete(place);
      else if (!known) response.statusCode = 404;
      response.end(request.method === 'GET' ? known : undefined);
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  test('gets signed requests for its objects and creates no folder', async () => {
    const storage = bucketOf(server);
    await storage.put('shops/1/a', new Blob([new Uint8Array([7])]));
    const kept = await storage.open('shops/1/a');
    expect(kept!.bytes).toBe(1);
    expect(await bytesOf(kept!.stream)).toEqual(new Uint8Array([7]));
    await storage.remove('shops/1/a');
    await storage.remove('shops/1/a');
    expect(await storage.open('shops/1/a')).toBeNull();
    expect(requests[0]).toMatch(
      /^PUT \/club\/shops\/1\/a AWS4-HMAC-SHA256 Credential=KEYID\/\d{8}\/ap-southeast-1\/s3\/aws4_request$/,
    );
  });

  test('without its key the app does not start, and says which variable is missing', () => {
    const given = { ...process.env, FILES_S3_BUCKET: 'club', FILES_S3_KEY_ID: 'KEYID' };
    expect(() => readEnvironment(given)).toThrow(/FILES_S3_SECRET: is missing/);
  });
});
