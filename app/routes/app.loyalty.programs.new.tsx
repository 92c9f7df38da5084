import { readSearchParams } from '#app/lib/storable.ts';
import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { createFromForm, readNewProgramScreen } from '#app/modules/earning/programs/program-screen.server.ts';
import { isProgramKind } from '#app/modules/earning/rules/program.ts';
import { ProgramForm } from '#app/modules/earning/programs/ui/program-form.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const asked = readSearchParams(request).get('kind');
  return { kind: isProgramKind(asked) ? asked : 'spend', view: await readNewProgramScreen(shopId) };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await createFromForm(shop, values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function NewProgramScreen() {
  const { kind, view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t(`programs.new.${kind}`)}
      backAction={{ content: t('programs.title'), url: '/app/loyalty/programs' }}
    >
      <ProgramForm key={kind} kind={kind} program={null} view={view} />
    </Screen>
  );
}
