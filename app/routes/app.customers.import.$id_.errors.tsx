import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import { localeOfRequest } from '#app/i18n/locales.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { sendErrorFile } from '#app/modules/workbooks/screen/import-files.server.ts';

/** The rows that were not imported, as a file to mend; the browser asks for it with `fetch` (see useDownload). */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { shopId } = shop;
  const importId = readIdParam(params.id);
  const { t } = i18nFor(localeOfRequest(request));
  const { actor } = await readStaff(request, shop);
  const response = importId === null ? null : await sendErrorFile({ shopId, importId }, t, actor);
  if (!response) throw new Response(null, { status: 404 });
  return response;
}
