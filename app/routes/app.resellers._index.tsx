import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { setPercents } from '#app/modules/crm/list/set-percents.server.ts';
import { listPercents } from '#app/modules/pricing/percents/list-percents.server.ts';
import { PERCENT_TABS } from '#app/modules/pricing/percents/percent-tabs.ts';
import { PercentList } from '#app/modules/pricing/percents/ui/percent-list.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const search = readSearchParams(request);
  const tab = PERCENT_TABS.find((each) => each === search.get('tab')) ?? 'all';
  return listPercents(shopId, tab, readIdParam(search.get('after')));
}

/** Sets the percent of selected customers; the customer list posts here. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = await setPercents(shop.shopId, values, actor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export default function Resellers() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('pricing.percents.title')} fullWidth>
      <PercentList view={view} />
    </Screen>
  );
}
