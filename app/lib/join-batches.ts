import { setTimeout as sleep } from 'node:timers/promises';

/** How much one flush takes, and how many run at a time. */
export interface JoinLimits<Item> {
  /** Flushes in flight at once; a request joins the next one to start. */
  lanes: number;
  itemsMax: number;
  /** The largest sum of `sizeOf` in one flush; a single larger item is flushed alone. */
  sizeMax: number;
  sizeOf: (item: Item) => number;
  /** Between two flushes of a lane, so that the second has more to take: 0 by default. */
  gatherMs?: number;
}

export interface Joiner<Item> {
  /** Resolves when the flush with the item is done; rejects when the flush fails or its result says so. */
  join: (item: Item) => Promise<void>;
  /** The sum of `sizeOf` of everything waiting for a flush. */
  waitingSize: () => number;
}

interface Waiting<Item> {
  item: Item;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** The result of a flush: undefined when every item is done, otherwise one result per item, in order. */
export type FlushResult = void | readonly PromiseSettledResult<void>[];

/**
 * Joins concurrent calls into fewer flushes: while `lanes` flushes are in flight new items wait, and the next flush
 * takes all of them. An idle joiner flushes at once, so a single caller waits for no more
 * than `gatherMs`.
 */
export function joinBatches<Item>(
  flush: (items: Item[]) => Promise<FlushResult>,
  limits: JoinLimits<Item>,
): Joiner<Item> {
  const waiting: Waiting<Item>[] = [];
  let waitingSize = 0;
  let inFlight = 0;

  function takeBatch(): Waiting<Item>[] {
    let size = 0;
    let count = 0;
    for (const { item } of waiting) {
      size += limits.sizeOf(item);
      if (count === limits.itemsMax || (count > 0 && size > limits.sizeMax)) break;
      count += 1;
    }
    const batch = waiting.splice(0, count);
    for (const { item } of batch) waitingSize -= limits.sizeOf(item);
    return batch;
  }

  async function run(): Promise<void> {
    inFlight += 1;
    while (waiting.length > 0) {
      const batch = takeBatch();
      try {
        const results = (await flush(batch.map(({ item }) => item))) ?? [];
        batch.forEach(({ resolve, reject }, index) => {
          const result = results[index];
          if (result?.status === 'rejected') reject(result.reason);
          else resolve();
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      if (limits.gatherMs !== undefined) await sleep(limits.gatherMs);
    }
    inFlight -= 1;
  }

  return {
    join: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        waitingSize += limits.sizeOf(item);
        if (inFlight < limits.lanes) void run();
      }),
    waitingSize: () => waitingSize,
  };
}
