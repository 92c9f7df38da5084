import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { nameRule } from '#app/modules/segments/name-rule.server.ts';
import { actOnSegments, segmentStatus } from '#app/modules/segments/saved/segment-screens.server.ts';
import { readSegment } from '#app/modules/segments/saved/segments.queries.server.ts';
import { SegmentForm } from '#app/modules/segments/ui/saved/segment-form.tsx';
import { SegmentTrouble } from '#app/modules/segments/ui/saved/segment-trouble.tsx';
import { SEGMENT_USERS } from '#app/segment-users.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const segmentId = readIdParam(params.id);
  const segment = segmentId === null ? null : await readSegment(shopId, segmentId);
  if (!segment) throw data(null, { status: 404 });
  const names = segment.rule === null ? {} : await nameRule(shopId, segment.rule);
  return { segment, names };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const form = { ...values, intent: 'change', segmentId: params.id };
  const readActor = async () => (await readStaff(request, shop)).actor;
  const answer = await actOnSegments(shop.shopId, form, readActor, SEGMENT_USERS);
  return data(answer, { status: segmentStatus(answer) });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function SegmentEditScreen() {
  const { segment, names } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('segment_list.edit_title', { name: segment.name })}
      backAction={{ content: segment.name, url: `/app/customers/segments/${segment.segmentId}` }}
    >
      <div className="stack">
        <SegmentTrouble {...segment} />
        <SegmentForm key={String(segment.segmentId)} segment={segment} names={names} />
      </div>
    </Screen>
  );
}
