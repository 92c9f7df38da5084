import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { Screen } from '#app/components/screen.tsx';
import { readCampaignList } from '#app/modules/messaging/campaigns/campaign-screen.server.ts';
import { CampaignList } from '#app/modules/messaging/campaigns/ui/campaign-list.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readCampaignList(shopId);
}

export default function Campaigns() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('campaigns.title')}
      subtitle={t('campaigns.what')}
      primaryAction={{ content: t('campaigns.new'), url: '/app/messages/campaigns/new' }}
    >
      <CampaignList view={view} />
    </Screen>
  );
}
