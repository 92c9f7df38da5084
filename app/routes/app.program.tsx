import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readProgramScreen, saveProgramScreen } from '#app/modules/loyalty/program-screen.server.ts';
import { ProgramForm } from '#app/modules/loyalty/ui/program-form.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  return readProgramScreen(shop.shopId);
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await saveProgramScreen(shop, values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function ProgramScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('program.title')}>
      <ProgramForm view={view} />
    </Screen>
  );
}
