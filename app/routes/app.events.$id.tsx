import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';
import { readEvent } from '#app/modules/webhooks/inbox.queries.server.ts';
import { FailedEventDetails, useRetry } from '#app/modules/webhooks/ui/failed-events.tsx';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const inboxId = readIdParam(params.id);
  const event = inboxId === null ? null : await readEvent(shopId, inboxId);
  if (!event) throw data(null, { status: 404 });
  return { event };
}

export default function FailedEventScreen() {
  const { event } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { retry, isRetrying } = useRetry();
  const isWorked = event.status === 'retrying' && event.nextAttemptAt === null;
  return (
    <Screen
      title={event.topic}
      backAction={{ content: t('events.title'), url: '/app/events' }}
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
