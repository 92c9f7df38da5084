import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readSearchParams } from '#app/lib/storable.ts';
import { APPLICATION_STATES } from '#app/modules/resellers/applications/application-fields.ts';
import { readApplicationsScreen } from '#app/modules/resellers/applications/application-screens.server.ts';
import { ApplicationList } from '#app/modules/resellers/applications/ui/application-list.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const search = readSearchParams(request);
  const state = APPLICATION_STATES.find((each) => each === search.get('state')) ?? 'waiting';
  return readApplicationsScreen(shop, state, search.get('after'));
}

export default function Applications() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('applications.title')}
      subtitle={t('applications.what')}
      primaryAction={{ content: t('applications.form'), url: '/app/resellers/applications/settings' }}
      fullWidth
    >
      <ApplicationList view={view} />
    </Screen>
  );
}
