/** Work that is asked for while it runs. */
import { expect, test } from 'vitest';
import { OneRun } from '#app/lib/one-run.ts';

/** Work whose runs end one by one, as the test says. */
function givenWork() {
  const ends: PromiseWithResolvers<number>[] = [];
  const work = new OneRun(
    () => {
      const run = Promise.withResolvers<number>();
      ends.push(run);
      return run.promise;
    },
    (counts) => counts.reduce((sum, count) => sum + count, 0),
  );
  return { ends, work };
}

test('a call while it runs comes back at once, and it looks again once for all of them', async () => {
  const { ends, work } = givenWork();
  const first = work.ask();
  expect(await Promise.all([work.ask(), work.ask(), work.ask()])).toEqual([0, 0, 0]);
  const joined = work.join();
  expect(ends).toHaveLength(1);
  ends[0]!.resolve(3);
  await expect.poll(() => ends.length).toBe(2);
  ends[1]!.resolve(4);
  expect(await Promise.all([first, joined])).toEqual([7, 7]);
  expect(ends).toHaveLength(2);
  void work.ask();
  expect(ends).toHaveLength(3);
});

test('a run that was told to stop does not look again; one that failed leaves the next to begin', async () => {
  const { ends, work } = givenWork();
  const stop = new AbortController();
  const stopped = work.ask(stop.signal);
  await work.ask();
  stop.abort();
  ends[0]!.resolve(5);
  expect(await stopped).toBe(5);
  const failing = work.ask();
  ends[1]!.reject(new Error('away'));
  await expect(failing).rejects.toThrow('away');
  const next = work.ask();
  ends[2]!.resolve(1);
  expect(await next).toBe(1);
});
