import { expect, it } from 'vitest';
import { withDecoder, withUploadRoom } from '#app/modules/photos/upload-room.server.ts';

it('two photos are decoded at a time, in the order in which they came, also after one failed', async () => {
  let open = 0;
  let most = 0;
  const order: number[] = [];
  const decode = (photo: number) =>
    withDecoder(async () => {
      open += 1;
      most = Math.max(most, open);
      order.push(photo);
      await new Promise((resolve) => setTimeout(resolve, 2));
      open -= 1;
      if (photo === 1) throw new Error('damaged');
      return photo;
    });
  const done = await Promise.allSettled(Array.from({ length: 12 }, (_, photo) => decode(photo)));
  expect([most, open]).toEqual([2, 0]);
  expect(order).toEqual(Array.from({ length: 12 }, (_, photo) => photo));
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(11);
});

it('16 uploads are let in, the others are told at once, and later there is room again', async () => {
  const ends: (() => void)[] = [];
  const upload = () => withUploadRoom('busy', () => new Promise((resolve) => ends.push(() => resolve('in'))));
  const answers = Array.from({ length: 40 }, upload);
  expect(await Promise.race(answers)).toBe('busy');
  for (const end of ends) end();
  expect((await Promise.all(answers)).filter((answer) => answer === 'in')).toHaveLength(16);
  const again = upload();
  ends.at(-1)!();
  expect(await again).toBe('in');
});
