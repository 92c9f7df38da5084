import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { listShopAccesses } from '#app/modules/privacy/accesses.server.ts';
import { AccessLogCard } from '#app/modules/privacy/ui/access-log-card.tsx';
import { listPrivacyRecords } from '#app/modules/privacy/privacy-records.server.ts';
import { PrivacyRecords } from '#app/modules/privacy/ui/privacy-records.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const before = readIdParam(readSearchParams(request).get('before'));
  const [page, accesses] = await Promise.all([listPrivacyRecords(shopId, before), listShopAccesses(shopId)]);
  return { page, accesses, isFirstPage: before === null };
}

export default function PrivacyScreen() {
  const { accesses, ...view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('privacy.title')} subtitle={t('privacy.what')}>
      <BlockStack gap="400">
        <PrivacyRecords {...view} />
        <AccessLogCard accesses={accesses} />
      </BlockStack>
    </Screen>
  );
}
