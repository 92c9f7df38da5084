import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readFormScreen } from '#app/modules/resellers/applications/application-screens.server.ts';
import { saveApplicationSettings } from '#app/modules/resellers/applications/settings.server.ts';
import { ApplicationSettingsForm } from '#app/modules/resellers/applications/ui/settings-form.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  return readFormScreen(await authenticateAdmin(request));
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer = await saveApplicationSettings(shopId, values);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function ApplicationFormSettings() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('applications.form')}
      backAction={{ content: t('applications.title'), url: '/app/resellers/applications' }}
      narrowWidth
    >
      <ApplicationSettingsForm {...view} />
    </Screen>
  );
}
