import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSettings, saveSettings } from '#app/modules/shops/settings.server.ts';
import { RefundsForm } from '#app/modules/shops/ui/settings-form.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return { settings: await readSettings(shopId) };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await saveSettings(shop, 'refunds', values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function RefundSettingsScreen() {
  const { settings } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('settings.title')}>
      <RefundsForm settings={settings} />
    </Screen>
  );
}
