import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readAdjustScreen, saveAdjustment } from '#app/modules/crm/adjust/adjust-screen.server.ts';
import { AdjustForm } from '#app/modules/crm/adjust/ui/adjust-form.tsx';
import { AdjustSearch } from '#app/modules/crm/adjust/ui/adjust-search.tsx';
import { recordIdSearch } from '#app/modules/privacy/record-id-search.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  const query = searchParams.get('q')?.trim() ?? '';
  const [view, staff] = await Promise.all([
    readAdjustScreen(shop, query, readIdParam(searchParams.get('customer'))),
    readStaff(request, shop),
  ]);
  await recordIdSearch(shop.shopId, query, () => Promise.resolve(staff.actor));
  return { view, staffName: staff.name };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const [{ values, locale }, staff] = await Promise.all([readDraft(request), readStaff(request, shop)]);
  const answer = await saveAdjustment(shop, staff.actor, values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function AdjustScreen() {
  const { view, staffName } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const { chosen, today, lifetimeDays } = view;
  return (
    <Screen title={t('adjust.title')} {...(chosen ? { subtitle: nameOf(chosen.customer) } : {})}>
      {chosen ? (
        <AdjustForm
          key={String(chosen.customer.customerId)}
          customer={chosen.customer}
          balances={chosen.balances}
          today={today}
          lifetimeDays={lifetimeDays}
          staffName={staffName}
        />
      ) : (
        <AdjustSearch query={view.query} found={view.found} />
      )}
    </Screen>
  );
}
