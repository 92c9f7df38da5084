import type { LoaderFunctionArgs } from '@remix-run/node';
import { i18nFor } from '#app/i18n/i18n.ts';
import { localeOfRequest } from '#app/i18n/locales.ts';
import { exportLedger } from '#app/modules/customers/export-ledger.server.ts';
import { readLedgerFilter } from '#app/modules/loyalty/ledger-filter.ts';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

/** The filtered ledger as a file; the browser asks for it with `fetch` (see useDownload). */
export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { searchParams } = new URL(request.url);
  const format = searchParams.get('format') === 'csv' ? 'csv' : 'xlsx';
  return exportLedger(shop, readLedgerFilter(searchParams), format, i18nFor(localeOfRequest(request)).t);
}
