import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { MESSAGE_KINDS } from '#app/modules/messaging/planned/message-kinds.ts';
import { listPlannedMessages } from '#app/modules/messaging/planned/planned-messages.queries.server.ts';
import { MessageList } from '#app/modules/messaging/planned/ui/message-list.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  const kind = MESSAGE_KINDS.find((known) => known === searchParams.get('kind')) ?? null;
  const customerId = readIdParam(searchParams.get('customer'));
  const before = readIdParam(searchParams.get('before'));
  const page = await listPlannedMessages(shopId, { kind, customerId, before });
  return { page, kind, customerId, isFirstPage: before === null };
}

export default function MessagesScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('messages.title')} subtitle={t('messages.what')}>
      <MessageList {...view} />
    </Screen>
  );
}
