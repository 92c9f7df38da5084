import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readCustomerList } from '#app/modules/crm/list/customer-list.server.ts';
import { CustomerList } from '#app/modules/crm/list/ui/customer-list.tsx';
import { recordIdSearch } from '#app/modules/privacy/record-id-search.server.ts';
import { readCustomerFilter, readCustomerSort } from '#app/modules/segments/customer-filter.ts';
import { nameRule } from '#app/modules/segments/name-rule.server.ts';
import { describeRule } from '#app/modules/segments/sentence/sentence.ts';
import { useShop } from '#app/components/shop-context.tsx';
import { readCursor } from '#app/modules/segments/list-position.ts';
import { actOnPush, readPush } from '#app/modules/segments/pushed/push-screen.server.ts';
import { readSegment } from '#app/modules/segments/saved/segments.queries.server.ts';
import { PushCard } from '#app/modules/segments/ui/pushed/push-card.tsx';
import { PushDialog } from '#app/modules/segments/ui/pushed/push-dialogs.tsx';
import { SegmentDialog, type SegmentAsk } from '#app/modules/segments/ui/saved/segment-dialogs.tsx';
import { TakeSnapshotDialog } from '#app/modules/segments/ui/snapshots/snapshot-dialogs.tsx';
import { SegmentFigures } from '#app/modules/segments/ui/saved/segment-figures.tsx';
import { SegmentTrouble } from '#app/modules/segments/ui/saved/segment-trouble.tsx';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { actOnKeptTag, readKeptTag } from '#app/modules/tags/kept/kept-tag-screen.server.ts';
import { KeptTagCard } from '#app/modules/tags/ui/kept/kept-tag-card.tsx';
import { useExport } from '#app/modules/workbooks/export/ui/use-export.tsx';
import { KeepTagDialog } from '#app/modules/tags/ui/kept/kept-tag-dialogs.tsx';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { shopId } = shop;
  const segmentId = readIdParam(params.id);
  const segment = segmentId === null ? null : await readSegment(shopId, segmentId);
  if (!segment) throw data(null, { status: 404 });
  const searchParams = readSearchParams(request);
  const filter = { ...readCustomerFilter(searchParams), segmentId: segment.segmentId };
  const sort = readCustomerSort(searchParams);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const [names, keptTag, push, view] = await Promise.all([
    segment.rule === null ? {} : nameRule(shopId, segment.rule),
    readKeptTag(shopId, { segmentId: segment.segmentId, rule: segment.isComputable ? segment.rule : null }),
    readPush(shopId, segment.segmentId),
    readCustomerList(shopId, filter, sort, readCursor(searchParams)),
    recordIdSearch(shopId, filter.query, readActor),
  ]);
  return { view, filter, sort, segment, names, keptTag, push };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const segmentId = readIdParam(params.id);
  if (segmentId === null) throw data(null, { status: 404 });
  const { values } = await readDraft(request);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const answer =
    (await actOnKeptTag(shop.shopId, segmentId, values, readActor)) ??
    (await actOnPush(shop.shopId, segmentId, values, readActor));
  if (answer === null) throw data(null, { status: 400 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function SegmentScreen() {
  const { view, filter, sort, segment, names, keptTag, push } = useLoaderData<typeof loader>();
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const exporting = useExport();
  const words = { t, locale: i18n.language, currency, names };
  const [ask, setAsk] = useState<SegmentAsk | null>(null);
  const edit = { content: t('segment_list.edit'), url: `/app/customers/segments/${segment.segmentId}/edit` };
  const [isKeeping, setIsKeeping] = useState(false);
  const [isPushing, setIsPushing] = useState(false);
  const keepTag = () => {
    setIsPushing(false);
    setIsKeeping(true);
  };
  const onKeepTag = keptTag === null ? keepTag : null;
  const [isTaking, setIsTaking] = useState(false);
  const actions = (['rename', 'duplicate', 'delete'] as const).map((what) => ({
    content: t(`segment_list.${what}`),
    destructive: what === 'delete',
    onAction: () => setAsk({ what, segment }),
  }));
  return (
    <Screen
      title={segment.name}
      {...(segment.rule === null ? {} : { subtitle: describeRule(segment.rule, words) })}
      fullWidth
      backAction={{ content: t('segment_list.title'), url: '/app/customers/segments' }}
      secondaryActions={[
        ...(onKeepTag ? [{ content: t('kept_tag.action'), onAction: onKeepTag }] : []),
        ...(push === null && segment.rule !== null
          ? [{ content: t('push.action'), onAction: () => setIsPushing(true) }]
          : []),
        edit,
        {
          content: t('segment_list.to_compare'),
          url: `/app/customers/segments/compare?a=segment:${segment.segmentId}`,
        },
        ...(segment.isComputable
          ? [{ content: t('snapshots.take'), onAction: () => setIsTaking(true) }]
          : []),
        ...actions,
      ]}
    >
      <div className="stack">
        <SegmentTrouble {...segment} />
        <SegmentFigures segment={segment} />
        {push && <PushCard push={push} segment={segment} names={names} onKeepTag={onKeepTag} />}
        {keptTag && <KeptTagCard segmentId={segment.segmentId} kept={keptTag} />}
        <CustomerList view={view} filter={filter} sort={sort} onExport={exporting.openCustomers} />
      </div>
      {exporting.dialog}
      {isTaking && <TakeSnapshotDialog segment={segment} onClose={() => setIsTaking(false)} />}
      {isKeeping && <KeepTagDialog name={segment.name} onClose={() => setIsKeeping(false)} />}
      {isPushing && segment.rule !== null && (
        <PushDialog
          name={segment.name}
          rule={segment.rule}
          names={names}
          onKeepTag={onKeepTag}
          onClose={() => setIsPushing(false)}
        />
      )}
      {ask && <SegmentDialog ask={ask} onClose={() => setAsk(null)} />}
    </Screen>
  );
}
