import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { actOnImport } from '#app/modules/workbooks/screen/act-on-import.server.ts';
import { readAfter, readImportView } from '#app/modules/workbooks/screen/import-screen.server.ts';
import { ImportScreen } from '#app/modules/workbooks/ui/import-screen.tsx';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const importId = readIdParam(params.id);
  const search = readSearchParams(request);
  const page = { show: search.get('show'), after: readAfter(search.get('after')) };
  const view = importId === null ? null : await readImportView({ shopId, importId }, page);
  if (!view) throw data(null, { status: 404 });
  return view;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const importId = readIdParam(params.id);
  const { values } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = importId === null ? null : await actOnImport(shop, importId, values, actor);
  if (!answer) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export default function ImportRoute() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('imports.title')}
      backAction={{ content: t('imports.back'), url: '/app/customers/import' }}
    >
      <ImportScreen key={String(view.detail.importId)} view={view} />
    </Screen>
  );
}
