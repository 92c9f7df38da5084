import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { actOnMembership, readMembershipScreen } from '#app/modules/membership/membership-screen.server.ts';
import { MembershipScreen } from '#app/modules/membership/ui/membership-screen.tsx';
import { memberAddress, tierAddress } from '#app/modules/segments/count-doors.ts';
import { DEFAULT_SORT, EVERYBODY, listAddress } from '#app/modules/segments/customer-filter.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readMembershipScreen(shopId);
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const answer = await actOnMembership(shop, values, locale, readActor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

const DOORS = {
  customers: listAddress(EVERYBODY, DEFAULT_SORT),
  member: memberAddress,
  tier: tierAddress,
};

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function Membership() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('membership.title')}>
      <MembershipScreen view={view} doors={DOORS} />
    </Screen>
  );
}
