/** Limits of a photo; the browser checks before it uploads, the server checks again. */

const MEBIBYTE = 1024 * 1024;

/** Photos of today's phones have 3 to 12 MB. */
export const PHOTO_BYTES_MAX = 20 * MEBIBYTE;
/** More than any phone takes; a small file that unfolds into more is an attack. */
export const PHOTO_PIXELS_MAX = 64_000_000;
/** A panorama of a phone has 16,000; a strip of one pixel takes longer to shrink than any photo. */
export const PHOTO_INPUT_SIDE_MAX = 20_000;
/** The longer side of the stored picture, and of the small one in a list. */
export const PHOTO_SIDE_MAX = 2_560;
export const THUMB_SIDE = 320;
export const CAPTION_CHARACTERS_MAX = 300;
/** Photos of one customer. */
export const PHOTOS_MAX = 500;
export const PHOTOS_A_PAGE = 24;

/** Why a photo was not taken; each has a text `photos.problem.<problem>`. */
export const PHOTO_PROBLEMS = [
  'not_a_photo',
  'heic',
  'too_large',
  'too_many_pixels',
  'damaged',
  'too_slow',
  'busy',
  'too_many',
  'unknown_customer',
  'not_stored',
  'lost',
] as const;
export type PhotoProblem = (typeof PHOTO_PROBLEMS)[number];

/** The server's response to one uploaded file. */
export type UploadAnswer = { ok: true; photoId: string } | { ok: false; problem: PhotoProblem };
