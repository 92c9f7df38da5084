import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Pager } from '#app/components/pager.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { listFailedEvents } from '#app/modules/inbox/inbox.queries.server.ts';
import { replayDeadEvents } from '#app/modules/inbox/replay-dead.server.ts';
import { FailedEvents, useRetry } from '#app/modules/inbox/ui/failed-events.tsx';
import { actOnSync, readSyncView } from '#app/modules/sync/sync-card.server.ts';
import { ReadAgainCard, SyncCard } from '#app/modules/sync/ui/sync-card.tsx';

const EVENTS_A_PAGE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { shopId } = shop;
  const before = readIdParam(readSearchParams(request).get('before'));
  const [sync, found] = await Promise.all([
    readSyncView(shop),
    listFailedEvents(shopId, { limit: EVENTS_A_PAGE + 1, ...(before === null ? {} : { before }) }),
  ]);
  const events = found.slice(0, EVENTS_A_PAGE);
  return {
    sync,
    events,
    isFirstPage: before === null,
    oldestShown: found.length > events.length ? events.at(-1)?.inboxId : undefined,
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { shopId } = shop;
  const { values } = await readDraft(request);
  const answer = await actOnSync(shop, values);
  if (answer) return data(answer, { status: answer.ok ? 200 : 422 });
  const { retry } = values;
  if (retry === 'all') return { retried: await replayDeadEvents({ shopId }) };
  const inboxId = typeof retry === 'string' ? readIdParam(retry) : null;
  return { retried: inboxId === null ? 0 : await replayDeadEvents({ shopId, inboxIds: [inboxId] }) };
}

export default function FailedEventsScreen() {
  const { sync, events, isFirstPage, oldestShown } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { retry, isRetrying } = useRetry();
  const retryAll = {
    content: t('events.retry_all'),
    onAction: () => retry('all'),
    loading: isRetrying,
    disabled: !events.some(({ status }) => status === 'dead'),
  };
  return (
    <Screen title={t('events.title')} subtitle={t('events.what')} primaryAction={retryAll}>
      <BlockStack gap="400">
        {sync && (sync.isWorking ? <SyncCard sync={sync} /> : <ReadAgainCard sync={sync} />)}
        <FailedEvents events={events} />
        <Pager
          pages={newestAndOlder('/app/settings/failed-events', {
            isFirstPage,
            olderThan: oldestShown ?? null,
          })}
          previousTooltip={t('common.newest')}
        />
      </BlockStack>
    </Screen>
  );
}
