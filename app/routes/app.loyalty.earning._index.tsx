import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { CreateProgramButton } from '#app/modules/earning/programs/ui/create-program-button.tsx';
import { readWays } from '#app/modules/earning/ways/read-ways.server.ts';
import { WaysScreen } from '#app/modules/earning/ways/ui/ways-screen.tsx';
import { readWayState } from '#app/modules/earning/ways/ways.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  return { view: await readWays(shop), state: readWayState(readSearchParams(request).get('state')) };
}

export default function WaysToEarn() {
  const { view, state } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('ways.title')}
      subtitle={t('ways.what')}
      primaryAction={<CreateProgramButton />}
      fullWidth
    >
      <WaysScreen view={view} state={state} />
    </Screen>
  );
}
