import type { LoaderFunctionArgs } from '@remix-run/node';
import { readIdParam } from '#app/lib/read-id.ts';
import { downloadExport } from '#app/modules/privacy/download-export.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

/** Everything about one customer as a file; the browser asks for it with `fetch` (see useDownload). */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.customerId);
  const { actor } = await readStaff(request, shop);
  const file = customerId === null ? null : await downloadExport(shop, customerId, actor);
  if (!file) throw new Response(null, { status: 404 });
  return file;
}
