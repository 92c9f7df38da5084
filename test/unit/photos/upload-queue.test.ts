/** Uploads in any order of events: every file ends once, and never more than some are on their way. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterUpload,
  isUploading,
  nextUploads,
  type Upload,
  type UploadEvent,
} from '#app/modules/photos/rules/upload-queue.ts';

type Event = UploadEvent<string>;
const after = (...events: Event[]) =>
  events.reduce<Upload<string>[]>((queue, event) => afterUpload(queue, event), []);
const added = (...ids: number[]): Event => ({
  type: 'added',
  uploads: ids.map((id) => ({ id, name: `${id}.jpg`, problem: null })),
});

test('a file waits, is sent, is worked on and leaves', () => {
  expect(after(added(1))).toMatchObject([{ state: 'waiting', percent: 0 }]);
  expect(after(added(1), { type: 'started', id: 1 }, { type: 'sent', id: 1, percent: 40 })).toMatchObject([
    { state: 'sending', percent: 40 },
  ]);
  expect(after(added(1), { type: 'started', id: 1 }, { type: 'sent', id: 1, percent: 100 })).toMatchObject([
    { state: 'working' },
  ]);
  expect(after(added(1), { type: 'done', id: 1 })).toEqual([]);
});

test('what fails stays by its name, lets the others go on, and can be tried again', () => {
  const failed = after(added(1, 2), { type: 'started', id: 1 }, { type: 'failed', id: 1, problem: 'lost' });
  expect(failed).toMatchObject([
    { id: 1, name: '1.jpg', state: 'failed', problem: 'lost' },
    { id: 2, state: 'waiting' },
  ]);
  expect(nextUploads(failed, 2)).toEqual([2]);
  expect(isUploading(failed)).toBe(true);
  const retried = afterUpload(failed, { type: 'retried', id: 1 });
  expect(nextUploads(retried, 2)).toEqual([1, 2]);
  expect(isUploading(afterUpload(failed, { type: 'done', id: 2 }))).toBe(false);
});

test('a file that the browser refuses is never sent', () => {
  const queue = after({ type: 'added', uploads: [{ id: 1, name: 'a.pdf', problem: 'not_a_photo' }] });
  expect(nextUploads(queue, 2)).toEqual([]);
  expect(afterUpload(queue, { type: 'dismissed', id: 1 })).toEqual([]);
});

test('however the network behaves, each file ends once and at most two are under way', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 12 }), fc.infiniteStream(fc.nat(9)), (fates, dice) => {
      let queue = after(added(...fates.keys()));
      const started: number[] = [];
      for (let left = fates.length; left > 0;) {
        for (const id of nextUploads(queue, 2)) {
          started.push(id);
          queue = afterUpload(queue, { type: 'started', id });
        }
        const running = queue.filter(({ state }) => state === 'sending');
        expect(running.length).toBeLessThanOrEqual(2);
        const { id } = running[dice.next().value! % running.length]!;
        queue = afterUpload(
          queue,
          fates[id] ? { type: 'done', id } : { type: 'failed', id, problem: 'lost' },
        );
        left -= 1;
      }
      expect(started).toEqual([...fates.keys()]);
      expect(queue.map(({ id }) => id)).toEqual([...fates.keys()].filter((id) => !fates[id]));
    }),
  );
});
