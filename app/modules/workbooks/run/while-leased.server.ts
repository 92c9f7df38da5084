/** Keeps a turn while Shopify is being asked. */
import { pool } from '#app/db.server.ts';
import type { Turn } from '../import/import-rows.server.ts';
import { holdLease } from './run-rows.server.ts';

const EXTEND_MS = 10_000;
/** Well below the lease: a process that stood still longer starts no further call. */
const SURE_MS = 30_000;

/** Runs `work` and extends the lease meanwhile; `isOurs` says whether another call may begin. */
export async function whileLeased(turn: Turn, work: (isOurs: () => boolean) => Promise<void>): Promise<void> {
  let extendedAt = performance.now();
  let isLost = false;
  const timer = setInterval(() => {
    const at = performance.now();
    holdLease(pool, turn).then(
      () => {
        extendedAt = at;
      },
      () => {
        isLost = true;
      },
    );
  }, EXTEND_MS);
  try {
    await work(() => !isLost && performance.now() - extendedAt < SURE_MS);
  } finally {
    clearInterval(timer);
  }
}
