import type { IncomingMessage } from 'node:http';

/** The body, or that it was over the limit, or that the client went away before its end. */
export type BodyRead = { state: 'read'; body: Buffer } | { state: 'too_large' } | { state: 'aborted' };

/** How much of an oversized body is read and thrown away, so that an honest client can still read the answer. */
const DISCARD_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Reads a request's raw body of at most `limitBytes`. Of a larger one nothing is kept; past 16 MiB the rest is not
 * even read, and the caller closes the connection with its answer.
 */
export function readBody(req: IncomingMessage, limitBytes: number): Promise<BodyRead> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const announced = Number(req.headers['content-length'] ?? 0);
    if (announced > DISCARD_BYTES_MAX) return resolve({ state: 'too_large' });
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > DISCARD_BYTES_MAX) {
        req.pause();
        resolve({ state: 'too_large' });
      }
    });
    req.on('end', () => {
      if (bytes > limitBytes) return resolve({ state: 'too_large' });
      const [first] = chunks;
      resolve({ state: 'read', body: chunks.length === 1 && first ? first : Buffer.concat(chunks, bytes) });
    });
    req.on('close', () => resolve({ state: 'aborted' }));
    req.on('error', () => resolve({ state: 'aborted' }));
  });
}
