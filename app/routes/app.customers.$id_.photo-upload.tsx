import type { ActionFunctionArgs } from '@remix-run/node';
import { readIdParam } from '#app/lib/read-id.ts';
import type { UploadAnswer } from '#app/modules/photos/photo-limits.ts';
import { readUpload } from '#app/modules/photos/read-upload.server.ts';
import { uploadPhoto } from '#app/modules/photos/upload-photo.server.ts';
import { withUploadRoom } from '#app/modules/photos/upload-room.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

/** Takes one photo a request, so that a lost connection costs one and not the lot. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) return answer({ ok: false, problem: 'unknown_customer' });
  const busy: UploadAnswer = { ok: false, problem: 'busy' };
  const outcome = await withUploadRoom(busy, async () => {
    const upload = await readUpload(request);
    if (!upload.ok) return upload;
    const { actor } = await readStaff(request, shop);
    return uploadPhoto({ shopId: shop.shopId, customerId, actor, bytes: upload.bytes });
  });
  return answer(outcome);
}

function answer(outcome: UploadAnswer): Response {
  return Response.json(outcome, { status: outcome.ok ? 200 : 422 });
}
