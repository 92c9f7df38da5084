import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { localeOfRequest } from '#app/i18n/locales.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readLimitsScreen, saveLimits } from '#app/modules/messaging/limits/limits-screen.server.ts';
import { LimitsForm } from '#app/modules/messaging/limits/ui/limits-form.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readLimitsScreen(shopId, localeOfRequest(request));
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await saveLimits(shopId, values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function SendingSettings() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('sending.title')} subtitle={t('sending.what')}>
      <LimitsForm view={view} />
    </Screen>
  );
}
