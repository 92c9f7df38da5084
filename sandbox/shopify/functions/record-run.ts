import type { World } from '../../world.ts';
import type { FunctionOutcome } from './engine.ts';

/** Stores a run that failed, or that logged something, for the console: to the buyer it looks as if nothing had applied. */
export function recordRun(world: World, domain: string, handle: string, outcome: FunctionOutcome): void {
  const { run } = outcome;
  if (outcome.ok && run.logs === '') return;
  world.recordRequest({
    at: world.instant(),
    kind: 'function',
    shop: domain,
    operation: handle,
    variables: { instructions: run.instructions, inputBytes: run.inputBytes, outputBytes: run.outputBytes },
    status: outcome.ok ? 200 : 500,
    outcome: outcome.ok ? 'ok' : 'function_error',
    detail: outcome.ok ? run.logs.trim() : `${outcome.reason}: ${outcome.detail}`,
    fault: null,
    durationMs: Math.round(run.durationMs),
  });
}
