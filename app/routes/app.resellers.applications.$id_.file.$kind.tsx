import type { LoaderFunctionArgs } from '@remix-run/node';
import { isUuid } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { FILE_KINDS } from '#app/modules/resellers/applications/application-fields.ts';
import { viewPicture } from '#app/modules/resellers/applications/view-picture.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

/** A picture of an application, for that shop's staff: the browser asks with `fetch`, which carries the token. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const kind = FILE_KINDS.find((each) => each === params.kind);
  const size = readSearchParams(request).get('size') === 'thumb' ? 'thumb' : 'full';
  const applicationId = params.id ?? '';
  const file =
    kind !== undefined && isUuid(applicationId)
      ? await viewPicture(
          { shopId: shop.shopId, applicationId, kind, size },
          async () => (await readStaff(request, shop)).actor,
        )
      : null;
  if (!file) throw new Response(null, { status: 404 });
  return new Response(file.bytes, {
    headers: {
      'content-type': file.mediaType,
      'content-disposition': 'inline; filename="picture.webp"',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
}
