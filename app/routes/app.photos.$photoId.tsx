import { readSearchParams } from '#app/lib/storable.ts';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { readPhotoFile } from '#app/modules/photos/photos.queries.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** A photo, for that shop's staff: the browser asks with `fetch`, which carries the token, and keeps no copy. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const photoId = z.uuid().safeParse(params.photoId);
  const size = readSearchParams(request).get('size') === 'thumb' ? 'thumb' : 'full';
  const file = photoId.success ? await readPhotoFile(shopId, photoId.data, size) : null;
  if (!file) throw new Response(null, { status: 404 });
  return new Response(file.bytes, {
    headers: {
      'content-type': file.mediaType,
      'content-disposition': 'inline; filename="photo.webp"',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
}
