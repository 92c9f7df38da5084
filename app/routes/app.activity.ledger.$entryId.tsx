import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { EntryExplanation } from '#app/modules/crm/ledger/ui/entry-explanation.tsx';
import { explainEntry } from '#app/modules/earning/explain/explain-entry.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const entryId = readIdParam(params.entryId);
  const explained = entryId === null ? null : await explainEntry(shopId, entryId);
  if (!explained) throw data(null, { status: 404 });
  const names = await staffNames(shopId, [explained.line.actor]);
  return { explained, names: Object.fromEntries(names) };
}

export default function EntryScreen() {
  const { explained, names } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('ledger_page.entry.title', { id: String(explained.line.entryId) })}
      backAction={{ content: t('ledger_page.title'), url: '/app/activity/ledger' }}
    >
      <EntryExplanation explained={explained} names={names} />
    </Screen>
  );
}
