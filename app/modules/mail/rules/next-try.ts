/** When an e-mail that could not leave is tried again, in seconds after each try: for a good day, and then no more. */
const WAITS: readonly number[] = [60, 300, 900, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600];

/** Seconds until the try after this many; null: it is given up. */
export function nextTryAfter(attempts: number): number | null {
  return WAITS[attempts - 1] ?? null;
}
