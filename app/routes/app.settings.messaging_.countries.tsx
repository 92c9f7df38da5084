import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { Screen } from '#app/components/screen.tsx';
import { readCountryScreen } from '#app/modules/messaging/limits/country-screen.server.ts';
import { CountryList } from '#app/modules/messaging/limits/ui/country-list.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  await authenticateAdmin(request);
  return readCountryScreen();
}

export default function Countries() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('countries.title')} subtitle={t('countries.what')}>
      <CountryList view={view} />
    </Screen>
  );
}
