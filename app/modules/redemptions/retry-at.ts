const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 10 * 60_000;

/** Returns when to check again after `attempts` checks without an answer: doubles each time, ten minutes at most. */
export function retryAt(now: Date, attempts: number): Date {
  return new Date(now.getTime() + Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(attempts, 10)));
}
