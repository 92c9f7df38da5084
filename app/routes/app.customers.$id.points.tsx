import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { revalidateUnlessRefused } from '#app/components/save-or-keep.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readPointsTab } from '#app/modules/crm/profile/points-tab.server.ts';
import { PointsTab } from '#app/modules/crm/profile/ui/points-tab.tsx';
import { listCodes } from '#app/modules/redemptions/codes/codes.queries.server.ts';
import { CodesCard } from '#app/modules/redemptions/codes/ui/codes-card.tsx';
import { readPayout } from '#app/modules/redemptions/payouts/payout-screens.server.ts';
import { PayoutCard } from '#app/modules/redemptions/payouts/ui/payout-card.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const before = readIdParam(readSearchParams(request).get('before'));
  const [view, payout, codes] = await Promise.all([
    readPointsTab(shop, customerId, before),
    readPayout(shop.shopId, customerId),
    listCodes(shop.shopId, customerId),
  ]);
  if (!view) throw data(null, { status: 404 });
  return { view, payout, codes };
}

export const shouldRevalidate = revalidateUnlessRefused;

export default function CustomerPoints() {
  const { view, payout, codes } = useLoaderData<typeof loader>();
  const nameOf = useCustomerName();
  const { customer, balances } = view;
  return (
    <PointsTab
      view={view}
      codesCard={<CodesCard codes={codes} />}
      payoutCard={
        customer.state === 'active' &&
        payout && (
          <PayoutCard
            customerId={customer.customerId}
            customerName={nameOf(customer)}
            balances={balances}
            payout={payout}
          />
        )
      }
    />
  );
}
