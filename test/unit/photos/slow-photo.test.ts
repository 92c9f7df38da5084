import sharp from 'sharp';
import { expect, it } from 'vitest';
import { preparePhoto } from '#app/modules/photos/prepare-photo.server.ts';

/** Within the limits of pixels and sides; all of it is decoded in several passes before it can shrink. */
const SIDE = 7_000;
const SMALL_SIDE = 40;

const picture = (side: number) =>
  sharp({
    create: { width: side, height: side, channels: 4, background: { r: 1, g: 200, b: 30, alpha: 0.5 } },
  })
    .toColourspace('rgb16')
    .png({ progressive: true, compressionLevel: 1 })
    .toBuffer();

it('a picture that takes longer than it may is refused as too slow, and the decoder is free again', async () => {
  const slow = await picture(SIDE);
  expect(await preparePhoto(slow, 1)).toEqual({ ok: false, problem: 'too_slow' });
  expect(await preparePhoto(await picture(SMALL_SIDE), 1)).toMatchObject({
    ok: true,
    photo: { width: SMALL_SIDE },
  });
});
