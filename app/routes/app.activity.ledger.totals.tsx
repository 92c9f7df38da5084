import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readLedgerFilter } from '#app/modules/crm/ledger/ledger-filter.ts';
import { readLedgerTotals } from '#app/modules/crm/ledger/ledger-screen.server.ts';

/** What the filtered ledger adds up to: asked for when the list is drawn, which does not wait for it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  return readLedgerTotals(shop, readLedgerFilter(readSearchParams(request)));
}
