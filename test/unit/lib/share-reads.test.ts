import { expect, test } from 'vitest';
import { shareReads } from '#app/lib/share-reads.ts';

/** Reads that end when the test says so. */
function heldReads() {
  const reads: { key: string; end: (value: number | Error) => void }[] = [];
  const read = (key: string) =>
    new Promise<number>((resolve, reject) =>
      reads.push({ key, end: (value) => (value instanceof Error ? reject(value) : resolve(value)) }),
    );
  return { reads, share: shareReads(read, (key) => key) };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('calls that come during a read share the next, which begins after them', async () => {
  const { reads, share } = heldReads();
  const first = share('a');
  const others = [share('a'), share('a')];
  expect(reads).toHaveLength(1);
  reads[0]?.end(1);
  expect(await first).toBe(1);
  await settle();
  expect(reads).toHaveLength(2);
  const late = share('a');
  reads[1]?.end(2);
  expect(await Promise.all(others)).toEqual([2, 2]);
  await settle();
  reads[2]?.end(3);
  expect(await late).toBe(3);
  await settle();
  void share('a');
  expect(reads).toHaveLength(4);
});

test('another thing is read by itself', async () => {
  const { reads, share } = heldReads();
  const both = [share('a'), share('b')];
  expect(reads.map(({ key }) => key)).toEqual(['a', 'b']);
  reads[1]?.end(2);
  reads[0]?.end(1);
  expect(await Promise.all(both)).toEqual([1, 2]);
});

test('a read that fails fails its own callers, not the next', async () => {
  const { reads, share } = heldReads();
  const first = share('a');
  const others = [share('a'), share('a')];
  reads[0]?.end(new Error('no database'));
  await expect(first).rejects.toThrow('no database');
  await settle();
  reads[1]?.end(new Error('still none'));
  for (const other of others) await expect(other).rejects.toThrow('still none');
  await settle();
  const again = share('a');
  reads[2]?.end(3);
  expect(await again).toBe(3);
});
