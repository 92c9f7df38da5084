import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Card } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { actOnSnapshots, listSnapshots } from '#app/modules/segments/snapshots/snapshot-screens.server.ts';
import { SnapshotDialog, type SnapshotAsk } from '#app/modules/segments/ui/snapshots/snapshot-dialogs.tsx';
import { SnapshotTable } from '#app/modules/segments/ui/snapshots/snapshot-table.tsx';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return { snapshots: await listSnapshots(shopId) };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer = await actOnSnapshots(
    shop.shopId,
    values,
    async () => (await readStaff(request, shop)).actor,
  );
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function SnapshotsScreen() {
  const { snapshots } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [ask, setAsk] = useState<SnapshotAsk | null>(null);
  return (
    <Screen
      title={t('snapshots.title')}
      subtitle={t('snapshots.what')}
      backAction={{ content: t('segment_list.title'), url: '/app/customers/segments' }}
    >
      <Card padding="0">
        <SnapshotTable snapshots={snapshots} onAsk={setAsk} />
      </Card>
      {ask && <SnapshotDialog ask={ask} onClose={() => setAsk(null)} />}
    </Screen>
  );
}
