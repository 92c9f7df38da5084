import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { listPrivacyRecords } from '#app/modules/privacy/privacy-records.server.ts';
import { PrivacyRecords } from '#app/modules/privacy/ui/privacy-records.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const before = readIdParam(new URL(request.url).searchParams.get('before'));
  return { page: await listPrivacyRecords(shopId, before), isFirstPage: before === null };
}

export default function PrivacyScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('privacy.title')}
      subtitle={t('privacy.what')}
      backAction={{ content: t('settings.title'), url: '/app/settings' }}
    >
      <PrivacyRecords {...view} />
    </Screen>
  );
}
