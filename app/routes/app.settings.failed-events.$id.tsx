import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { recordEventView } from '#app/modules/privacy/record-event-view.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { readEvent } from '#app/modules/inbox/inbox.queries.server.ts';
import { useEventLabels } from '#app/modules/inbox/ui/event-labels.ts';
import { FailedEventDetails, useRetry } from '#app/modules/inbox/ui/failed-events.tsx';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { shopId } = shop;
  const inboxId = readIdParam(params.id);
  const event = inboxId === null ? null : await readEvent(shopId, inboxId);
  if (!event) throw data(null, { status: 404 });
  const { actor } = await readStaff(request, shop);
  await recordEventView(shopId, event, actor);
  return { event };
}

export default function FailedEventScreen() {
  const { event } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { retry, isRetrying } = useRetry();
  const labels = useEventLabels();
  const isWorked = event.status === 'retrying' && event.nextAttemptAt === null;
  return (
    <Screen
      title={labels.topic(event.topic)}
      backAction={{ content: t('events.title'), url: '/app/settings/failed-events' }}
      primaryAction={{
        content: t('events.retry'),
        onAction: () => retry(event.inboxId),
        loading: isRetrying,
        disabled: isWorked,
      }}
    >
      <FailedEventDetails event={event} />
    </Screen>
  );
}
