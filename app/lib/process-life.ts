/** How our processes start and end. Reads no environment: it must work while that is incomplete. */
import { toSafeError } from './safe-error.ts';

const SHUTDOWN_MAX_MS = 15_000;

/**
 * Runs a process's work with a signal that SIGTERM and SIGINT abort. Exits 0 when it resolves. A failure to start is
 * reported (in plain words where a person can fix it, otherwise by `safeErrorText` with its stack) and exits 1. A second signal, or 15 s
 * after the first, ends the process at once.
 */
export function runProcess(work: (signal: AbortSignal) => Promise<void>): void {
  const controller = new AbortController();
  // Node would print the error with all of its fields, PostgreSQL's among them.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${toSafeError(error).stack}\n`);
    process.exit(1);
  });
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(1);
      controller.abort();
      setTimeout(() => process.exit(1), SHUTDOWN_MAX_MS).unref();
    });
  }
  work(controller.signal).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${explain(error)}\n`);
      process.exit(1);
    },
  );
}

/** Errors that a person can fix are reported by their message; the others with their stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isForPeople = error.message.startsWith('Setia cannot start');
  return isForPeople ? error.message : (toSafeError(error).stack ?? '');
}
