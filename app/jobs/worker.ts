/** Entry of the worker process: `npm run worker`. Any number may run; any may be killed at any moment. */
import { runProcess } from '../lib/process-life.ts';

runProcess(async (signal) => {
  // Loaded here, so that an incomplete environment is reported without a stack trace.
  const { runWorker } = await import('./run-worker.ts');
  await runWorker(signal);
});
