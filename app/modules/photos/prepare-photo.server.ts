/** From an upload to the stored picture: upright, of sensible size, and without metadata. */
import sharp from 'sharp';
import {
  PHOTO_INPUT_SIDE_MAX,
  PHOTO_PIXELS_MAX,
  PHOTO_SIDE_MAX,
  THUMB_SIDE,
  type PhotoProblem,
} from './photo-limits.ts';
import { photoTypeOf } from './rules/photo-type.ts';
import { withDecoder } from './upload-room.server.ts';

/** Both pictures are encoded in this format; nothing of the uploaded file is stored. */
export const PHOTO_MEDIA_TYPE = 'image/webp';
const QUALITY = 82;
const THUMB_QUALITY = 72;
/** A photo of 64 megapixels takes two seconds. */
const DECODE_SECONDS_MAX = 10;

/** Pictures are seen once: keeping them in memory would only grow the process. */
sharp.cache(false);

export interface PreparedPhoto {
  full: Uint8Array<ArrayBuffer>;
  thumb: Uint8Array<ArrayBuffer>;
  /** Of the full picture, in pixels. */
  width: number;
  height: number;
}

export type PrepareOutcome = { ok: true; photo: PreparedPhoto } | { ok: false; problem: PhotoProblem };

/**
 * Decodes a picture and encodes it in two sizes: rotated as the camera was held, the first frame of an animation, and
 * without metadata, so that it does not tell where it was taken.
 * @param secondsMax whole seconds that each of the two sizes may take
 */
export async function preparePhoto(
  bytes: Uint8Array,
  secondsMax = DECODE_SECONDS_MAX,
): Promise<PrepareOutcome> {
  const type = photoTypeOf(bytes);
  if (type === null) return { ok: false, problem: 'not_a_photo' };
  // The prebuilt decoder has AV1 and, for its patents, no HEVC.
  if (type === 'heic') return { ok: false, problem: 'heic' };
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > PHOTO_PIXELS_MAX || Math.max(width, height) > PHOTO_INPUT_SIDE_MAX)
      return { ok: false, problem: 'too_many_pixels' };
    const [full, thumb] = await withDecoder(async () => {
      const large = await resized(bytes, PHOTO_SIDE_MAX, QUALITY, secondsMax);
      return [large, await resized(large.data, THUMB_SIDE, THUMB_QUALITY, secondsMax)];
    });
    const { width: keptWidth, height: keptHeight } = full.info;
    const photo = {
      full: new Uint8Array(full.data),
      thumb: new Uint8Array(thumb.data),
      width: keptWidth,
      height: keptHeight,
    };
    return { ok: true, photo };
  } catch (error) {
    // sharp's message names libvips internals, of no use to staff.
    const isTimeout = error instanceof Error && error.message.startsWith('timeout');
    return { ok: false, problem: isTimeout ? 'too_slow' : 'damaged' };
  }
}

function resized(bytes: Uint8Array, side: number, quality: number, secondsMax: number) {
  return sharp(bytes, { limitInputPixels: PHOTO_PIXELS_MAX, failOn: 'error' })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .webp({ quality })
    .timeout({ seconds: secondsMax })
    .toBuffer({ resolveWithObject: true });
}
