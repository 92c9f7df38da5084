import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readLedgerScreen } from '#app/modules/crm/ledger/ledger-screen.server.ts';
import { LedgerList } from '#app/modules/crm/ledger/ui/ledger-screen.tsx';
import { readLedgerFilter } from '#app/modules/crm/ledger/ledger-filter.ts';
import type { LedgerCursor } from '#app/modules/ledger/entries.queries.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { useExport } from '#app/modules/workbooks/export/ui/use-export.tsx';
import { readSearchParams } from '#app/lib/storable.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  return readLedgerScreen(shop, readLedgerFilter(searchParams), readCursor(searchParams));
}

function readCursor(params: URLSearchParams): LedgerCursor | null {
  const after = params.get('after');
  if (after !== null) return { side: 'after', position: after };
  const before = params.get('before');
  return before === null ? null : { side: 'before', position: before };
}

export default function LedgerScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const exporting = useExport();
  return (
    <Screen title={t('ledger_page.title')} subtitle={t('ledger_page.lead')} fullWidth>
      <LedgerList view={view} onExport={(filter) => exporting.openList('ledger', filter)} />
      {exporting.dialog}
    </Screen>
  );
}
