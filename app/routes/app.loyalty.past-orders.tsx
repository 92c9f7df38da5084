import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { actOnBackfill, readBackfillScreen } from '#app/modules/earning/backfill/backfill-screen.server.ts';
import { BackfillScreen } from '#app/modules/earning/backfill/ui/backfill-screen.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const chosen = readIdParam(readSearchParams(request).get('run'));
  return { view: await readBackfillScreen(shop, chosen) };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = await actOnBackfill(shop, values, actor);
  if (!answer) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

/** After a refusal too: someone else was faster, so the screen must show the current state. */
export const shouldRevalidate = () => true;

export default function Backfill() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('backfill.title')} subtitle={t('backfill.what')}>
      <BackfillScreen view={view} />
    </Screen>
  );
}
