import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { sendOriginal } from '#app/modules/workbooks/screen/import-files.server.ts';

/** The file as it was uploaded; the browser asks for it with `fetch` (see useDownload). */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { shopId } = shop;
  const importId = readIdParam(params.id);
  const { actor } = await readStaff(request, shop);
  const response = importId === null ? null : await sendOriginal({ shopId, importId }, actor);
  if (!response) throw new Response(null, { status: 404 });
  return response;
}
