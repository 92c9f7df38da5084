import { useFetchedPicture } from '#app/components/use-fetched-picture.ts';

/** An address that an `img` can show of a photo. Null while it is on its way, `failed` when it is not to be had. */
export function usePhotoUrl(
  photoId: string,
  size: 'thumb' | 'full',
): { url: string | null; failed: boolean } {
  return useFetchedPicture(`/app/photos/${photoId}?size=${size}`);
}
