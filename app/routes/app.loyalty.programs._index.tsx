import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readProgramList } from '#app/modules/earning/programs/program-screen.server.ts';
import { CreateProgramButton } from '#app/modules/earning/programs/ui/create-program-button.tsx';
import { ProgramList } from '#app/modules/earning/programs/ui/program-list.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  return readProgramList(shopId, {
    isEnded: searchParams.get('status') === 'ended',
    before: readIdParam(searchParams.get('before')),
  });
}

export default function ProgramsScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('programs.title')} subtitle={t('programs.what')} primaryAction={<CreateProgramButton />}>
      <ProgramList view={view} />
    </Screen>
  );
}
