import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';
import { readHome } from '#app/modules/shops/home.server.ts';
import { Home } from '#app/modules/shops/ui/home.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readHome(shopId);
}

export default function HomeScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('home.title')}>
      <Home view={view} />
    </Screen>
  );
}
