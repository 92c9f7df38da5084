/** From what somebody sent to what is kept: upright, of sensible size, and without what the camera wrote into it. */
import sharp from 'sharp';
import { PHOTO_PIXELS_MAX, PHOTO_SIDE_MAX, THUMB_SIDE, type PhotoProblem } from './photo-limits.ts';
import { photoTypeOf } from './rules/photo-type.ts';

/** Both pictures are written anew in this format; nothing of the sent file is kept. */
export const PHOTO_MEDIA_TYPE = 'image/webp';
const QUALITY = 82;
const THUMB_QUALITY = 72;

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
 * Decodes a picture and writes it anew in two sizes: turned as the camera was held, the first frame of a moving one,
 * and without metadata, so that it no longer says where it was taken.
 */
export async function preparePhoto(bytes: Uint8Array): Promise<PrepareOutcome> {
  const type = photoTypeOf(bytes);
  if (type === null) return { ok: false, problem: 'not_a_photo' };
  // The prebuilt decoder has AV1 and, for its patents, no HEVC.
  if (type === 'heic') return { ok: false, problem: 'heic' };
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > PHOTO_PIXELS_MAX) return { ok: false, problem: 'too_many_pixels' };
    const full = await resized(bytes, PHOTO_SIDE_MAX, QUALITY);
    const thumb = await resized(full.data, THUMB_SIDE, THUMB_QUALITY);
    const { width: keptWidth, height: keptHeight } = full.info;
    const photo = {
      full: new Uint8Array(full.data),
      thumb: new Uint8Array(thumb.data),
      width: keptWidth,
      height: keptHeight,
    };
    return { ok: true, photo };
  } catch {
    // What sharp says of a file that it cannot read names libvips' insides, for nobody's use.
    return { ok: false, problem: 'damaged' };
  }
}

function resized(bytes: Uint8Array, side: number, quality: number) {
  return sharp(bytes, { limitInputPixels: PHOTO_PIXELS_MAX, failOn: 'error' })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .webp({ quality })
    .toBuffer({ resolveWithObject: true });
}
