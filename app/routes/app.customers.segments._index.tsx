import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Card } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import {
  actOnSegments,
  readSegmentScreen,
  segmentStatus,
} from '#app/modules/segments/saved/segment-screens.server.ts';
import { ReadyMadeCard } from '#app/modules/segments/ui/saved/ready-made-card.tsx';
import { SegmentDialog, type SegmentAsk } from '#app/modules/segments/ui/saved/segment-dialogs.tsx';
import { SegmentTable } from '#app/modules/segments/ui/saved/segment-table.tsx';
import { SEGMENT_USERS } from '#app/segment-users.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readSegmentScreen(shopId);
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const answer = await actOnSegments(shop.shopId, values, readActor, SEGMENT_USERS);
  return data(answer, { status: segmentStatus(answer) });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function SegmentsScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [ask, setAsk] = useState<SegmentAsk | null>(null);
  return (
    <Screen
      title={t('segment_list.title')}
      subtitle={t('segment_list.what')}
      secondaryActions={[
        { content: t('segment_list.to_rfm'), url: '/app/customers/segments/rfm' },
        { content: t('segment_list.to_compare'), url: '/app/customers/segments/compare' },
        { content: t('segment_list.to_snapshots'), url: '/app/customers/segments/snapshots' },
        { content: t('segment_list.to_shopify'), url: '/app/customers/segments/shopify' },
      ]}
    >
      <div className="stack">
        <Card padding="0">
          <SegmentTable segments={view.segments} onAsk={setAsk} />
        </Card>
        <ReadyMadeCard view={view} />
      </div>
      {ask && <SegmentDialog ask={ask} onClose={() => setAsk(null)} />}
    </Screen>
  );
}
