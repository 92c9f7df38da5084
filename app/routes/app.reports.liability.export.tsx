import type { LoaderFunctionArgs } from '@remix-run/node';
import { i18nFor } from '#app/i18n/i18n.ts';
import { localeOfRequest } from '#app/i18n/locales.ts';
import { exportLiability } from '#app/modules/reports/liability/export-liability.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** The liability report as a file; the browser asks for it with `fetch` (see useDownload). */
export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  return exportLiability(shop, i18nFor(localeOfRequest(request)).t);
}
