/** Returns the median. Throws for no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError('the median of nothing');
  return (lower + upper) / 2;
}

/** Returns the value that `share` (0..1) of the values don't exceed. Throws for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new RangeError('a percentile of nothing');
  return value;
}

/**
 * Runs each variant once per round, one after the other, so that all of them meet the same conditions on the machine,
 * and returns the results by variant. Every second round goes backwards, so that no variant always comes first.
 */
export async function alternate<Result>(
  rounds: number,
  variants: Record<string, () => Promise<Result>>,
): Promise<Map<string, Result[]>> {
  const entries = Object.entries(variants);
  const results = new Map<string, Result[]>(entries.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of round % 2 === 0 ? entries : entries.toReversed()) {
      results.get(name)?.push(await run());
    }
  }
  return results;
}

/** The median over the rounds of one variant of what `pick` takes from a result. Throws for an unknown variant. */
export function medianOf<Result>(
  results: ReadonlyMap<string, readonly Result[]>,
  variant: string,
  pick: (result: Result) => number,
): number {
  return median((results.get(variant) ?? []).map(pick));
}

/** Prints a line that `readFigures` reads. */
export function say(name: string, unit: string, value: number, more: object = {}): void {
  process.stdout.write(`${JSON.stringify({ name, unit, value, ...more })}\n`);
}

/** The heap that is left when all garbage is collected, in MB. Throws without `--expose-gc`. */
export function keptHeapMb(): number {
  if (globalThis.gc === undefined) throw new Error('start node with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1_048_576;
}
