import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSegmentUses } from '#app/modules/segments/saved/find-uses.server.ts';
import { SEGMENT_USERS } from '#app/segment-users.server.ts';

/** Where a segment is used, for the question whether to delete it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const segmentId = readIdParam(params.id);
  if (segmentId === null) throw data(null, { status: 404 });
  return Response.json({ ok: true, uses: await readSegmentUses(shopId, segmentId, SEGMENT_USERS) });
}
