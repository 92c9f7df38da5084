import { UpstreamError } from '#app/lib/errors.ts';
import { streamBulkLines } from './bulk.server.ts';

/** Lines of a result file that belong together in one transaction. */
export interface BulkBatch {
  /** Parsed. */
  values: unknown[];
  /** Where in the file the next batch begins. */
  nextByte: number;
}

/**
 * Reads a result file from a byte on and passes it to `take` in batches; `take` returns whether to continue. When the
 * file breaks off, what was read is passed on before the error is thrown, and needn't be read again. Returns whether
 * the end of the file was reached. Throws UpstreamError, and BulkFileGone when the file's address has expired.
 */
export async function readBulkBatches(
  file: { url: string; fromByte: number; linesABatch: number },
  take: (batch: BulkBatch) => Promise<boolean>,
  signal?: AbortSignal,
): Promise<boolean> {
  let values: unknown[] = [];
  let nextByte = file.fromByte;
  const flush = (): Promise<boolean> => {
    const batch = { values, nextByte };
    values = [];
    return take(batch);
  };
  try {
    for await (const line of streamBulkLines(file.url, file.fromByte, signal)) {
      values.push(line.value);
      nextByte = line.nextByte;
      if (values.length >= file.linesABatch && !(await flush())) return false;
    }
  } catch (error) {
    if (error instanceof UpstreamError && error.retryable && values.length > 0) await flush();
    throw error;
  }
  return values.length === 0 || flush();
}
