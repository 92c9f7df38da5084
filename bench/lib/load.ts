/**
 * An HTTP load generator that costs less than what it measures: one request at a time on each of N kept-alive
 * connections, heads and bodies written as they are, responses read only as far as needed to find their end.
 */
import net from 'node:net';
import { percentile } from './measure.ts';

/** A request as it goes over the wire. `head` ends with the empty line and names the length of `body`. */
export interface WireRequest {
  head: string;
  body: Buffer | null;
}

export interface LoadOptions {
  port: number;
  connections: number;
  /** Not measured: caches, compilers and connection pools warm up. */
  warmUpSeconds: number;
  seconds: number;
  /** Called for every request. */
  next: () => WireRequest;
}

export interface LoadResult {
  /** Responses of any status in the measured time. */
  requests: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Responses by status, warm-up included. */
  statuses: Map<number, number>;
}

const MS_PER_SECOND = 1_000;

/**
 * Loads 127.0.0.1:`port` for the given time. Throws when a connection breaks or a response isn't HTTP; responses
 * other than 200 are counted, the caller judges.
 */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const measureFrom = performance.now() + options.warmUpSeconds * MS_PER_SECOND;
  const end = measureFrom + options.seconds * MS_PER_SECOND;
  const latencies: number[] = [];
  const statuses = new Map<number, number>();
  const record = (status: number, start: number, now: number): void => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (start >= measureFrom && now <= end) latencies.push(now - start);
  };
  await Promise.all(Array.from({ length: options.connections }, () => runConnection(options, end, record)));
  return {
    requests: latencies.length,
    perSecond: latencies.length / options.seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    statuses,
  };
}

type Record = (status: number, start: number, now: number) => void;

function runConnection({ port, next }: LoadOptions, end: number, record: Record): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    let received = '';
    let start = 0;
    const send = (): void => {
      const { head, body } = next();
      start = performance.now();
      socket.cork();
      socket.write(head, 'latin1');
      if (body) socket.write(body);
      socket.uncork();
    };
    socket.setEncoding('latin1');
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`port ${port} closed a connection`)));
    socket.on('data', (chunk: string) => {
      received += chunk;
      const status = statusOfComplete(received);
      if (status === undefined) return;
      received = '';
      const now = performance.now();
      record(status, start, now);
      if (now < end) return send();
      socket.removeAllListeners('close');
      socket.destroy();
      resolve();
    });
  });
}

/** Returns the status of a complete response, otherwise undefined. Throws for anything that isn't an HTTP response. */
function statusOfComplete(received: string): number | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = received.slice(0, headEnd).toLowerCase();
  const status = Number(head.slice(9, 12));
  if (!Number.isInteger(status)) throw new Error(`no HTTP answer: ${head.slice(0, 80)}`);
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
  if (length !== undefined) return received.length >= headEnd + 4 + Number(length) ? status : undefined;
  if (!head.includes('\r\ntransfer-encoding: chunked')) return status;
  return received.endsWith('0\r\n\r\n') ? status : undefined;
}
