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
 * Reads a result file from a byte on and hands it over in batches; `take` answers whether to go on. What came before a
 * file broke off is handed over before the error is thrown, and need not come again. Answers whether the file came to
 * its end. Throws UpstreamError, and BulkFileGone when its address has run out.
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
