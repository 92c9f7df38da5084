import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { downloadExportFile } from '#app/modules/workbooks/export/download-export.server.ts';

/** The file of an export; the browser asks for it with `fetch` (see useDownload). */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const exportId = readIdParam(params.id);
  const { actor } = await readStaff(request, shop);
  const file = exportId === null ? null : await downloadExportFile(shop, exportId, actor);
  if (!file) throw data(null, { status: 404 });
  return file;
}
