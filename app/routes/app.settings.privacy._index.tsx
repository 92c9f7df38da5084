import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { listShopAccesses } from '#app/modules/privacy/accesses.server.ts';
import { AccessLogCard } from '#app/modules/privacy/ui/access-log-card.tsx';
import { listPrivacyRecords } from '#app/modules/privacy/privacy-records.server.ts';
import { PrivacyRecords } from '#app/modules/privacy/ui/privacy-records.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSettings, saveSettings } from '#app/modules/shops/settings.server.ts';
import { PersonalDataForm } from '#app/modules/shops/ui/settings-form.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const before = readIdParam(readSearchParams(request).get('before'));
  const [settings, page, accesses] = await Promise.all([
    readSettings(shopId),
    listPrivacyRecords(shopId, before),
    listShopAccesses(shopId),
  ]);
  return { settings, page, accesses, isFirstPage: before === null };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await saveSettings(shop, 'privacy', values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function PrivacyScreen() {
  const { settings, accesses, ...view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('privacy.title')} subtitle={t('privacy.what')}>
      <BlockStack gap="400">
        <PersonalDataForm settings={settings} />
        <PrivacyRecords {...view} />
        <AccessLogCard accesses={accesses} />
      </BlockStack>
    </Screen>
  );
}
