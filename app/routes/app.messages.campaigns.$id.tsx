import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessLeft, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { actOnCampaign, readCampaignPage } from '#app/modules/messaging/campaigns/campaign-screen.server.ts';
import { CampaignPage } from '#app/modules/messaging/campaigns/ui/campaign-page.tsx';
import { useExport } from '#app/modules/workbooks/export/ui/use-export.tsx';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const id = readIdParam(params.id);
  const at = readIdParam(readSearchParams(request).get('recipient'));
  const view = id === null ? null : await readCampaignPage(shop, id, { at, actor: `staff:${shop.userId}` });
  if (!view) throw new Response(null, { status: 404 });
  return view;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const id = readIdParam(params.id) ?? 0n;
  const answer = await actOnCampaign(shop, id, values, async () => (await readStaff(request, shop)).actor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessLeft;

export default function Campaign() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const exporting = useExport();
  return (
    <Screen
      title={view.campaign.name}
      backAction={{ content: t('campaigns.title'), url: '/app/messages/campaigns' }}
    >
      <CampaignPage
        view={view}
        onExport={() => exporting.openList('campaign', `campaign=${view.campaign.campaignId}`)}
      />
      {exporting.dialog}
    </Screen>
  );
}
