/** Reads the body of a request and counts what arrives: a chunked body announces no length. */
import { Readable } from 'node:stream';
import { parseJson } from './storable.ts';

/**
 * The body; or that it was over the limit, too slow, that the client disconnected before its end, or that this process
 * holds too much of other bodies already.
 */
export type BodyRead =
  | { state: 'read'; body: Buffer }
  | { state: 'too_large' }
  | { state: 'too_slow' }
  | { state: 'aborted' }
  | { state: 'busy' };

export interface BodyLimits {
  bytes: number;
  /** How long the whole body may take. */
  ms: number;
}

/** How much of an oversized body is read and discarded, so that an honest client can still read the response. */
const DISCARD_BYTES_MAX = 16 * 1024 * 1024;

/** What unfinished bodies of this process may hold together: many slow ones would fill its memory. */
const HELD_BYTES_MAX = 128 * 1024 * 1024;
let heldBytes = 0;

/**
 * Reads a body within its limits. A larger one is discarded; past 16 MiB or out of time the rest isn't even read, and
 * the caller closes the connection with its response.
 */
export function readBody(source: Readable, limits: BodyLimits): Promise<BodyRead> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    let held = 0;
    const free = (): void => {
      heldBytes -= held;
      held = 0;
    };
    const end = (read: BodyRead): void => {
      clearTimeout(timer);
      free();
      resolve(read);
    };
    const stop = (state: 'too_large' | 'too_slow' | 'busy'): void => {
      source.off('data', take).pause();
      chunks.length = 0;
      end({ state });
    };
    const take = (chunk: Uint8Array): void => {
      bytes += chunk.length;
      if (bytes > DISCARD_BYTES_MAX) return stop('too_large');
      if (bytes > limits.bytes) {
        chunks.length = 0;
        return free();
      }
      chunks.push(chunk);
      held += chunk.length;
      heldBytes += chunk.length;
      if (heldBytes > HELD_BYTES_MAX) stop('busy');
    };
    const timer = setTimeout(() => stop('too_slow'), limits.ms);
    source.on('data', take);
    source.on('end', () => {
      if (bytes > limits.bytes) return end({ state: 'too_large' });
      const [first] = chunks;
      const isWhole = chunks.length === 1 && Buffer.isBuffer(first);
      end({ state: 'read', body: isWhole ? first : Buffer.concat(chunks, bytes) });
    });
    source.on('close', () => end({ state: 'aborted' }));
    source.on('error', () => end({ state: 'aborted' }));
  });
}

/** A form of the admin; the largest one lists some thousand products. */
const FORM_LIMITS: BodyLimits = { bytes: 1024 * 1024, ms: 30_000 };

/**
 * Reads a form of the admin as JSON that the database can store; null for a body that is none. Throws the Response to
 * send instead: 413 for a body over 1 MiB, 408 for one that takes longer than 30 s, 503 when too many others are open.
 */
export async function readJson(request: Request): Promise<unknown> {
  const read = await readRequestBody(request, FORM_LIMITS);
  if (read.state === 'read') return parseJson(read.body.toString('utf8'));
  // The rest of the body is not awaited.
  throw new Response(null, { status: refusedBodyStatus(read), headers: { Connection: 'close' } });
}

/** Returns the status for a body that was not read: 413, 503 for a process that is too busy, otherwise 408. */
export function refusedBodyStatus({ state }: Exclude<BodyRead, { state: 'read' }>): 408 | 413 | 503 {
  if (state === 'too_large') return 413;
  return state === 'busy' ? 503 : 408;
}

/** Reads the body of a Remix request within its limits; a request without one has an empty body. */
export async function readRequestBody(request: Request, limits: BodyLimits): Promise<BodyRead> {
  if (!request.body) return { state: 'read', body: Buffer.alloc(0) };
  return readBody(Readable.from(request.body), limits);
}
