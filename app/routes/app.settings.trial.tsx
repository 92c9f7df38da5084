import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { listTestCustomers } from '#app/modules/crm/test-customers/test-customers.server.ts';
import { TestCustomers } from '#app/modules/crm/test-customers/ui/test-customers.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSettings, saveSettings } from '#app/modules/shops/settings.server.ts';
import { TrialForm } from '#app/modules/shops/ui/settings-form.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const [settings, testers] = await Promise.all([readSettings(shopId), listTestCustomers(shopId)]);
  return { settings, testers };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await saveSettings(shop, 'trial', values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function TrialSettingsScreen() {
  const { settings, testers } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { isDraft } = useShop();
  const isForNoOne = settings.trialMode && !isDraft && testers.length === 0;
  return (
    <Screen title={t('settings.title')}>
      <div className="stack">
        {isForNoOne && <Banner tone="critical">{t('settings.trial.nobody')}</Banner>}
        {isDraft && (
          <Banner action={{ content: t('home.launch.to_launch'), url: '/app' }}>
            {t('settings.trial.draft')}
          </Banner>
        )}
        <TestCustomers testers={testers} />
        {!isDraft && <TrialForm settings={settings} />}
      </div>
    </Screen>
  );
}
