import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { localeOfRequest } from '#app/i18n/locales.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import {
  readCampaignForm,
  saveCampaignForm,
} from '#app/modules/messaging/campaigns/campaign-screen.server.ts';
import { CampaignForm } from '#app/modules/messaging/campaigns/ui/campaign-form.tsx';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const view = await readCampaignForm(shopId, readIdParam(params.id) ?? 0n, localeOfRequest(request));
  if (!view) throw new Response(null, { status: 404 });
  return view;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = await saveCampaignForm(shop, readIdParam(params.id) ?? 0n, values, actor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function EditCampaign() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('campaigns.edit_title')}
      backAction={{ content: t('campaigns.title'), url: `/app/messages/campaigns/${view.campaignId}` }}
      narrowWidth
    >
      <CampaignForm view={view} />
    </Screen>
  );
}
