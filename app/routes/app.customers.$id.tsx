import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { actOnCustomer } from '#app/modules/customers/act-on-customer.server.ts';
import { readCustomerScreen } from '#app/modules/customers/customer-screen.server.ts';
import { CustomerDetails } from '#app/modules/customers/ui/customer-details.tsx';
import { LifecycleBadge } from '#app/modules/segments/ui/lifecycle-badge.tsx';
import { useCustomerName } from '#app/components/customer-name.ts';
import { PayoutCard } from '#app/modules/rewards/ui/payout-card.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const before = readIdParam(new URL(request.url).searchParams.get('before'));
  const view = customerId === null ? null : await readCustomerScreen(shopId, customerId, before);
  if (!view) throw data(null, { status: 404 });
  return { view, isFirstPage: before === null };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const { values } = await readDraft(request);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const answer = await actOnCustomer(shop, customerId, values, readActor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function CustomerScreen() {
  const { view, isFirstPage } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  return (
    <Screen
      title={nameOf(view.customer)}
      titleMetadata={<LifecycleBadge group={view.group} />}
      backAction={{ content: t('customers.title'), url: '/app/customers' }}
      secondaryActions={[
        { content: t('adjust.title'), url: `/app/adjust?customer=${view.customer.customerId}` },
      ]}
    >
      <CustomerDetails
        view={view}
        isFirstPage={isFirstPage}
        payoutCard={
          view.customer.state === 'active' &&
          view.payout && (
            <PayoutCard
              customerId={view.customer.customerId}
              customerName={nameOf(view.customer)}
              balances={view.balances}
              payout={view.payout}
            />
          )
        }
      />
    </Screen>
  );
}
