import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { actOnPlaced } from '#app/modules/home/act-on-placed.server.ts';
import { actOnTrouble } from '#app/modules/home/act-on-trouble.server.ts';
import { launchFromHome } from '#app/modules/home/launch-from-home.server.ts';
import { readHome } from '#app/modules/home/read-home.server.ts';
import { Home } from '#app/modules/home/ui/home.tsx';
import { SyncCard } from '#app/modules/sync/ui/sync-card.tsx';
import { actOnSync } from '#app/modules/sync/sync-card.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  return readHome(await authenticateAdmin(request));
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer =
    (await launchFromHome(shop, values)) ??
    (await actOnSync(shop, values)) ??
    (await actOnTrouble(shop, values)) ??
    (await actOnPlaced(shop, values));
  if (!answer) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

/** After a refusal too: someone else was faster, so the screen must show the current state. */
export const shouldRevalidate = () => true;

export default function HomeScreen() {
  const view = useLoaderData<typeof loader>();
  const { sync } = view;
  const isNews = sync !== null && (sync.isWorking || !sync.isDismissed);
  const { t } = useTranslation();
  return (
    <Screen title={t('home.title')}>
      <Home view={view} news={isNews && <SyncCard sync={sync} />} />
    </Screen>
  );
}
