import type { LoaderFunctionArgs } from '@remix-run/node';
import { i18nFor } from '#app/i18n/i18n.ts';
import { localeOfRequest } from '#app/i18n/locales.ts';
import { exportLedger } from '#app/modules/crm/ledger/export-ledger.server.ts';
import { readLedgerFilter } from '#app/modules/crm/ledger/ledger-filter.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';

/** The filtered ledger as a file; the browser asks for it with `fetch` (see useDownload). */
export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  const format = searchParams.get('format') === 'csv' ? 'csv' : 'xlsx';
  const { actor } = await readStaff(request, shop);
  const { t } = i18nFor(localeOfRequest(request));
  return exportLedger(shop, readLedgerFilter(searchParams), format, { actor, t });
}
