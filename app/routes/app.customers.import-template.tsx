import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { localeOfRequest } from '#app/i18n/locales.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { downloadTemplate } from '#app/modules/workbooks/template/download-template.server.ts';

const RETRY_SECONDS = 30;

/** The workbook to fill in with customers; the browser asks for it with `fetch` (see useDownload). */
export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { actor } = await readStaff(request, shop);
  const file = await downloadTemplate(shop.shopId, localeOfRequest(request), actor);
  // No worker has written it in time.
  return file ?? new Response(null, { status: 503, headers: { 'Retry-After': String(RETRY_SECONDS) } });
}
