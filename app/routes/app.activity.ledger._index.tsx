import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readLedgerScreen } from '#app/modules/crm/ledger/ledger-screen.server.ts';
import { LedgerList } from '#app/modules/crm/ledger/ui/ledger-screen.tsx';
import { readLedgerFilter } from '#app/modules/crm/ledger/ledger-filter.ts';
import type { LedgerCursor } from '#app/modules/ledger/entries.queries.server.ts';
import { actOnSavedFilters, listSavedFilters } from '#app/modules/crm/saved-filters/saved-filters.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { useExport } from '#app/modules/workbooks/export/ui/use-export.tsx';
import { readSearchParams } from '#app/lib/storable.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  const [view, saved] = await Promise.all([
    readLedgerScreen(shop, readLedgerFilter(searchParams), readCursor(searchParams)),
    listSavedFilters(shop.shopId),
  ]);
  return { view, saved };
}

/** Saves a filter under a name, or removes one. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const answer = await actOnSavedFilters(shop.shopId, values, readActor);
  if (answer === null) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

function readCursor(params: URLSearchParams): LedgerCursor | null {
  const after = params.get('after');
  if (after !== null) return { side: 'after', position: after };
  const before = params.get('before');
  return before === null ? null : { side: 'before', position: before };
}

export default function LedgerScreen() {
  const { view, saved } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const exporting = useExport();
  return (
    <Screen title={t('ledger_page.title')} subtitle={t('ledger_page.lead')} fullWidth>
      <LedgerList view={view} saved={saved} onExport={(filter) => exporting.openList('ledger', filter)} />
      {exporting.dialog}
    </Screen>
  );
}
