import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Card } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { newestAndOlder } from '#app/components/pages.ts';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { listSentMessages } from '#app/modules/messaging/history/list-messages.queries.server.ts';
import { SentMessages } from '#app/modules/messaging/history/ui/sent-messages.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const search = readSearchParams(request);
  const campaignId = readIdParam(search.get('campaign'));
  const before = readIdParam(search.get('before'));
  const page = await listSentMessages(shopId, { customerId: null, campaignId, before });
  return { ...page, campaignId, isFirstPage: before === null };
}

export default function History() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address =
    view.campaignId === null ? '/app/messages/history' : `/app/messages/history?campaign=${view.campaignId}`;
  return (
    <Screen title={t('sms_history.title')} subtitle={t('sms_history.what')}>
      <Card padding="0">
        <SentMessages messages={view.messages} pages={newestAndOlder(address, view)} />
      </Card>
    </Screen>
  );
}
