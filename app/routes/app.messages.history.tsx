import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { Screen } from '#app/components/screen.tsx';
import { readSearchParams } from '#app/lib/storable.ts';
import { readHistoryFilter } from '#app/modules/messaging/history/history-filter.ts';
import { readHistoryScreen } from '#app/modules/messaging/history/history-screen.server.ts';
import { readCursor } from '#app/modules/messaging/history/list-messages.queries.server.ts';
import { HistoryList } from '#app/modules/messaging/history/ui/history-list.tsx';
import { useExport } from '#app/modules/workbooks/export/ui/use-export.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const search = readSearchParams(request);
  return readHistoryScreen(shop, readHistoryFilter(search), readCursor(search));
}

export default function History() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const exporting = useExport();
  return (
    <Screen title={t('sms_history.title')} subtitle={t('sms_history.what')} fullWidth>
      <HistoryList view={view} onExport={(filter) => exporting.openList('messages', filter)} />
      {exporting.dialog}
    </Screen>
  );
}
