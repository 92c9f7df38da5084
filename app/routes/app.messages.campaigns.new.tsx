import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { localeOfRequest } from '#app/i18n/locales.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import {
  readCampaignForm,
  saveCampaignForm,
} from '#app/modules/messaging/campaigns/campaign-screen.server.ts';
import { CampaignForm } from '#app/modules/messaging/campaigns/ui/campaign-form.tsx';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const view = await readCampaignForm(shopId, null, localeOfRequest(request));
  if (!view) throw new Response(null, { status: 404 });
  return view;
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = await saveCampaignForm(shop, null, values, actor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function NewCampaign() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('campaigns.new')}
      backAction={{ content: t('campaigns.title'), url: '/app/messages/campaigns' }}
      narrowWidth
    >
      <CampaignForm view={view} />
    </Screen>
  );
}
