import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import {
  actOnInvitations,
  readInvitationsScreen,
} from '#app/modules/resellers/invitations/invitation-screen.server.ts';
import { INVITATION_TABS } from '#app/modules/resellers/invitations/invitation-tabs.ts';
import { InvitationList } from '#app/modules/resellers/invitations/ui/invitation-list.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const search = readSearchParams(request);
  const tab = INVITATION_TABS.find((each) => each === search.get('tab')) ?? 'all';
  return readInvitationsScreen(shopId, tab, search.get('after'));
}

/** Invites customers; the customer list posts its selection here. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = await actOnInvitations(shop, values, actor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export default function Invitations() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('invitations.title')} subtitle={t('invitations.what')} fullWidth>
      <InvitationList view={view} />
    </Screen>
  );
}
