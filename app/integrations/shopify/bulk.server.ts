/**
 * Bulk operations: Shopify runs a query over everything a shop has and stores the result as a file of JSON lines.
 * Start it, poll until it has ended, stream the file. Used for orders, customers and products.
 */
import type {
  BulkStateFragment,
  CancelBulkOperationMutation,
  ListBulkOperationsQuery,
  ReadBulkOperationQuery,
  RunBulkQueryMutation,
} from '#app/types/admin.generated.d.ts';
import { env } from '#app/env.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { cleanJsonText } from '#app/lib/storable.ts';
import { adminGraphql, firstUserError } from './admin-client.server.ts';
import { asApproved } from './protected-fields.ts';
import { readUnapproved } from './unapproved-data.server.ts';
import {
  CANCEL_BULK_OPERATION,
  LIST_BULK_OPERATIONS,
  READ_BULK_OPERATION,
  RUN_BULK_QUERY,
} from './operations/bulk.ts';

/**
 * `busy`: five operations of the app are running in this shop already. `refused`: the query itself, or a missing
 * scope.
 */
export type BulkStart =
  { ok: true; operationId: string } | { ok: false; reason: 'busy' | 'refused'; message: string };

/** The state of an operation. `found` counts the root objects so far, `url` is null when nothing was found. */
export type BulkLook =
  | { state: 'running'; found: number }
  | { state: 'completed'; found: number; url: string | null }
  | { state: 'failed'; reason: 'failed' | 'access_denied' | 'cancelled' | 'expired' };

/** Statuses of an operation that has not ended. */
export const RUNNING: readonly string[] = ['CREATED', 'RUNNING', 'CANCELING'];
/** Codes of a start that has to wait. */
export const BUSY_CODES: readonly string[] = ['OPERATION_IN_PROGRESS', 'LIMIT_REACHED'];

/**
 * Starts a query whose text is unique (name its operation after its purpose): when the response to an earlier start
 * was lost, the running or completed operation is found by its text and used. Without the fields that are known not to be
 * approved: Shopify would refuse the whole operation. Throws UpstreamError.
 */
export async function startBulkQuery(shopDomain: string, operation: string): Promise<BulkStart> {
  const query = asApproved(operation, await readUnapproved(shopDomain));
  const { bulkOperations } = await adminGraphql<ListBulkOperationsQuery>(shopDomain, LIST_BULK_OPERATIONS);
  const earlier = bulkOperations.nodes.find(
    (each) => each.query === query && lookOf(each).state !== 'failed',
  );
  if (earlier) return { ok: true, operationId: earlier.id };
  const { bulkOperationRunQuery: answer } = await adminGraphql<RunBulkQueryMutation>(
    shopDomain,
    RUN_BULK_QUERY,
    { query },
  );
  const started = answer?.bulkOperation;
  if (started) return { ok: true, operationId: started.id };
  const error = firstUserError(answer?.userErrors ?? []);
  const isBusy = error?.code != null && BUSY_CODES.includes(error.code);
  return { ok: false, reason: isBusy ? 'busy' : 'refused', message: error?.message ?? 'no operation' };
}

/** Reads the progress of an operation. Throws UpstreamError. */
export async function pollBulkOperation(shopDomain: string, operationId: string): Promise<BulkLook> {
  const { bulkOperation } = await adminGraphql<ReadBulkOperationQuery>(shopDomain, READ_BULK_OPERATION, {
    id: operationId,
  });
  return bulkOperation ? lookOf(bulkOperation) : { state: 'failed', reason: 'expired' };
}

/** Enums of the API as texts: this code names only the values it knows. */
function lookOf(operation: BulkStateFragment): BulkLook {
  const status: string = operation.status;
  const errorCode: string | null = operation.errorCode ?? null;
  const found = Number(operation.rootObjectCount);
  if (RUNNING.includes(status)) return { state: 'running', found };
  if (status === 'COMPLETED') return { state: 'completed', found, url: operation.url ?? null };
  if (status === 'CANCELED') return { state: 'failed', reason: 'cancelled' };
  if (status === 'EXPIRED') return { state: 'failed', reason: 'expired' };
  return { state: 'failed', reason: errorCode === 'ACCESS_DENIED' ? 'access_denied' : 'failed' };
}

/** Asks Shopify to cancel an operation; one that has ended is left unchanged. Throws UpstreamError. */
export async function cancelBulk(shopDomain: string, operationId: string): Promise<void> {
  await adminGraphql<CancelBulkOperationMutation>(shopDomain, CANCEL_BULK_OPERATION, { id: operationId });
}

/** A line of the file, parsed, and where in the file the next one begins. */
export interface BulkLine {
  value: unknown;
  nextByte: number;
}

/** The file's address has expired: poll the operation again for a new one. */
export class BulkFileGone extends UpstreamError {
  constructor(status: number) {
    super(`Shopify's bulk file: ${status}`, { retryable: false, outcomeKnown: true });
    this.name = 'BulkFileGone';
  }
}

/** A single order with thousands of lines is still far below this: a longer line isn't valid. */
const LINE_BYTES_MAX = 16 * 1024 * 1024;
/** A download that stalls for this long is abandoned, to be resumed where it stopped. */
const SILENCE_MAX_MS = 30_000;
const LINE_FEED = 0x0a;
/** What storages return for a signed address that has expired: 400 is Google's, 403 Amazon's. */
const GONE_STATUSES = new Set([400, 401, 403, 404, 410]);

/**
 * Yields the lines of a result file from a byte on, however large the file: never more than one chunk and one line
 * are in memory. Ends with the file; a file that breaks off throws an UpstreamError that may be retried from the last
 * `nextByte`. Throws BulkFileGone when its address has expired.
 */
export async function* streamBulkLines(
  url: string,
  fromByte: number,
  signal?: AbortSignal,
): AsyncGenerator<BulkLine> {
  const quiet = new AbortController();
  let timer = setTimeout(() => quiet.abort(), SILENCE_MAX_MS);
  try {
    const signals = signal ? [quiet.signal, signal] : [quiet.signal];
    const pieces = openFile(url, fromByte, AbortSignal.any(signals));
    let position = fromByte;
    let rest: Buffer = Buffer.alloc(0);
    for await (const piece of pieces) {
      clearTimeout(timer);
      timer = setTimeout(() => quiet.abort(), SILENCE_MAX_MS);
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        position += end + 1 - start;
        yield { value: parseLine(bytes.subarray(start, end)), nextByte: position };
        start = end + 1;
      }
      rest = Buffer.from(bytes.subarray(start));
      if (rest.length > LINE_BYTES_MAX) throw unreadable();
    }
    if (rest.length > 0) yield { value: parseLine(rest), nextByte: position + rest.length };
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    throw new UpstreamError('Shopify: the bulk file broke off', {
      retryable: true,
      outcomeKnown: true,
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    quiet.abort();
  }
}

function parseLine(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(cleanJsonText(bytes.toString('utf8')));
    return value;
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause?: unknown): UpstreamError {
  return new UpstreamError('Shopify: a line of the bulk file cannot be read', {
    retryable: false,
    outcomeKnown: true,
    cause,
  });
}

async function* openFile(url: string, fromByte: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  demandShopifyFile(url);
  const headers: Record<string, string> = fromByte > 0 ? { range: `bytes=${fromByte}-` } : {};
  const response = await fetch(url, { headers, signal, redirect: 'error' });
  // All of it was read already.
  if (response.status === 416) return;
  if (GONE_STATUSES.has(response.status)) throw new BulkFileGone(response.status);
  // A page for people, of a storage in maintenance, is no file.
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (!response.ok || !response.body || isPage)
    throw new UpstreamError(`Shopify's bulk file: ${isPage ? 'a page' : response.status}`, {
      retryable: true,
      outcomeKnown: true,
    });
  // A server without support for ranges starts from the beginning.
  let skip = response.status === 206 ? 0 : fromByte;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const { buffer, byteOffset, byteLength } = read.value;
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    const wanted = bytes.subarray(Math.min(skip, bytes.length));
    skip -= bytes.length - wanted.length;
    if (wanted.length > 0) yield wanted;
  }
}

/** The address comes from Shopify's API and points to its storage, or to the sandbox on this machine. */
export function demandShopifyFile(url: string): void {
  const { protocol, origin } = new URL(url);
  const isSandbox =
    env.SHOPIFY_SANDBOX_ORIGIN !== undefined && origin === new URL(env.SHOPIFY_SANDBOX_ORIGIN).origin;
  if (protocol === 'https:' || isSandbox) return;
  throw new UpstreamError(`Shopify's bulk file lies at ${origin}`, { retryable: false, outcomeKnown: true });
}
