import { setImmediate as immediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { joinBatches } from '#app/lib/join-batches.ts';

/** Flushes that end when the test says so. */
function heldFlushes() {
  const flushes: { items: number[]; done: (error?: Error) => void }[] = [];
  const flush = (items: number[]) =>
    new Promise<void>((resolve, reject) =>
      flushes.push({ items, done: (error) => (error ? reject(error) : resolve()) }),
    );
  return { flushes, flush };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('one caller flushes at once; those that come meanwhile share the next flush', async () => {
  const { flushes, flush } = heldFlushes();
  const { join, waitingSize } = joinBatches(flush, { lanes: 1, itemsMax: 10, sizeMax: 100, sizeOf: () => 1 });
  const first = join(1);
  const others = [join(2), join(3)];
  expect(flushes.map(({ items }) => items)).toEqual([[1]]);
  expect(waitingSize()).toBe(2);
  flushes[0]?.done();
  await first;
  await settle();
  expect(flushes.map(({ items }) => items)).toEqual([[1], [2, 3]]);
  flushes[1]?.done();
  await Promise.all(others);
  expect(waitingSize()).toBe(0);
});

test('respects lanes, the number of items and their size; an item over the size goes alone', async () => {
  const batches: number[][] = [];
  let running = 0;
  let runningMax = 0;
  const flush = async (items: number[]) => {
    runningMax = Math.max(runningMax, ++running);
    batches.push(items);
    await settle();
    running--;
  };
  const { join } = joinBatches(flush, { lanes: 2, itemsMax: 3, sizeMax: 10, sizeOf: (item) => item });
  await Promise.all([1, 1, 1, 1, 1, 1, 50, 9, 9].map(join));
  expect(runningMax).toBe(2);
  expect(batches).toEqual([[1], [1], [1, 1, 1], [1], [50], [9], [9]]);
});

test('a failed flush fails only its own items; single results reach their own item', async () => {
  const { flushes, flush } = heldFlushes();
  const { join } = joinBatches(flush, { lanes: 1, itemsMax: 10, sizeMax: 10, sizeOf: () => 1 });
  const first = join(1);
  const second = join(2);
  flushes[0]?.done(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await settle();
  flushes[1]?.done();
  await second;

  const mixed = joinBatches<number>(
    (items) =>
      Promise.allSettled(
        items.map((item) => (item === 2 ? Promise.reject(new Error('bad')) : Promise.resolve())),
      ),
    { lanes: 1, itemsMax: 10, sizeMax: 10, sizeOf: () => 1 },
  );
  const results = await Promise.allSettled([mixed.join(1), mixed.join(2), mixed.join(3)]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('what comes within the time after a flush shares the next', async () => {
  const flushes: number[][] = [];
  const flush = (items: number[]) => {
    flushes.push(items);
    return Promise.resolve();
  };
  const limits = { lanes: 1, itemsMax: 10, sizeMax: 10, sizeOf: () => 1 };
  const joiner = joinBatches<number>(flush, { ...limits, gatherMs: 50 });
  await joiner.join(1);
  const second = joiner.join(2);
  await immediate();
  await Promise.all([second, joiner.join(3)]);
  expect(flushes).toEqual([[1], [2, 3]]);
});
