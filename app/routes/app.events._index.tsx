import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate } from '@remix-run/react';
import { BlockStack, InlineStack, Pagination } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';
import { listFailedEvents } from '#app/modules/webhooks/inbox.queries.server.ts';
import { replayDeadEvents } from '#app/modules/webhooks/replay.server.ts';
import { FailedEvents, useRetry } from '#app/modules/webhooks/ui/failed-events.tsx';

const EVENTS_A_PAGE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const before = readIdParam(new URL(request.url).searchParams.get('before'));
  const found = await listFailedEvents(shopId, {
    limit: EVENTS_A_PAGE + 1,
    ...(before === null ? {} : { before }),
  });
  const events = found.slice(0, EVENTS_A_PAGE);
  return {
    events,
    isFirstPage: before === null,
    oldestShown: found.length > events.length ? events.at(-1)?.inboxId : undefined,
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const retry = (await request.formData()).get('retry');
  if (retry === 'all') return { retried: await replayDeadEvents({ shopId }) };
  const inboxId = typeof retry === 'string' ? readIdParam(retry) : null;
  return { retried: inboxId === null ? 0 : await replayDeadEvents({ shopId, inboxIds: [inboxId] }) };
}

export default function FailedEventsScreen() {
  const { events, isFirstPage, oldestShown } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const navigate = useNavigate();
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
        <FailedEvents events={events} />
        {(!isFirstPage || oldestShown !== undefined) && (
          <InlineStack align="center">
            <Pagination
              hasPrevious={!isFirstPage}
              onPrevious={() => navigate('/app/events')}
              previousTooltip={t('common.newest')}
              hasNext={oldestShown !== undefined}
              onNext={() => navigate(`/app/events?before=${oldestShown}`)}
            />
          </InlineStack>
        )}
      </BlockStack>
    </Screen>
  );
}
