import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readLedgerScreen } from '#app/modules/customers/ledger-screen.server.ts';
import { LedgerList } from '#app/modules/customers/ui/ledger-screen.tsx';
import { readLedgerFilter } from '#app/modules/loyalty/ledger-filter.ts';
import type { LedgerCursor } from '#app/modules/loyalty/ledger-page.queries.server.ts';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { searchParams } = new URL(request.url);
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
  return (
    <Screen
      title={t('ledger_page.title')}
      subtitle={t('ledger_page.lead')}
      primaryAction={{ content: t('adjust.title'), url: '/app/adjust' }}
      fullWidth
    >
      <LedgerList view={view} />
    </Screen>
  );
}
