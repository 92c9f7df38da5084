/** Files on their way: each by itself, so that one that fails costs the others nothing. */

/** `working`: all of it was sent, and the server makes the pictures. */
export type UploadState = 'waiting' | 'sending' | 'working' | 'failed';

export interface Upload<Problem> {
  id: number;
  name: string;
  state: UploadState;
  /** Of what is to be sent. */
  percent: number;
  /** Why it failed; null while it did not. */
  problem: Problem | null;
}

export type UploadEvent<Problem> =
  | { type: 'added'; uploads: readonly { id: number; name: string; problem: Problem | null }[] }
  | { type: 'started' | 'done' | 'retried' | 'dismissed'; id: number }
  | { type: 'sent'; id: number; percent: number }
  | { type: 'failed'; id: number; problem: Problem };

const ALL = 100;

/** Returns the queue after an event. Finished uploads leave it; failed ones stay until they are retried or dismissed. */
export function afterUpload<Problem>(
  queue: readonly Upload<Problem>[],
  event: UploadEvent<Problem>,
): Upload<Problem>[] {
  const change = (id: number, to: Partial<Upload<Problem>>) =>
    queue.map((upload) => (upload.id === id ? { ...upload, ...to } : upload));
  switch (event.type) {
    case 'added':
      return [
        ...queue,
        ...event.uploads.map(({ id, name, problem }) => ({
          id,
          name,
          problem,
          percent: 0,
          state: problem === null ? ('waiting' as const) : ('failed' as const),
        })),
      ];
    case 'started':
      return change(event.id, { state: 'sending' });
    case 'sent':
      return change(event.id, {
        percent: event.percent,
        state: event.percent >= ALL ? 'working' : 'sending',
      });
    case 'failed':
      return change(event.id, { state: 'failed', problem: event.problem });
    case 'retried':
      return change(event.id, { state: 'waiting', problem: null, percent: 0 });
    case 'done':
    case 'dismissed':
      return queue.filter(({ id }) => id !== event.id);
  }
}

/** Returns the uploads to start so that `atOnce` are in progress, in order. */
export function nextUploads<Problem>(queue: readonly Upload<Problem>[], atOnce: number): number[] {
  const running = queue.filter(({ state }) => state === 'sending' || state === 'working').length;
  const waiting = queue.filter(({ state }) => state === 'waiting');
  return waiting.slice(0, Math.max(0, atOnce - running)).map(({ id }) => id);
}

/** Whether leaving would lose a file. */
export function isUploading<Problem>(queue: readonly Upload<Problem>[]): boolean {
  return queue.some(({ state }) => state !== 'failed');
}
