import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readCustomerFilter, readCustomerSort } from '#app/modules/segments/customer-filter.ts';
import { readCustomerList } from '#app/modules/crm/list/customer-list.server.ts';
import { readCursor } from '#app/modules/segments/list-position.ts';
import { CustomerList } from '#app/modules/crm/list/ui/customer-list.tsx';
import { useExport } from '#app/modules/workbooks/export/ui/use-export.tsx';
import { recordIdSearch } from '#app/modules/privacy/record-id-search.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { shopId } = shop;
  const searchParams = readSearchParams(request);
  const filter = readCustomerFilter(searchParams);
  const sort = readCustomerSort(searchParams);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const [view] = await Promise.all([
    readCustomerList(shopId, filter, sort, readCursor(searchParams)),
    recordIdSearch(shopId, filter.query, readActor),
  ]);
  return { view, filter, sort };
}

export default function CustomersScreen() {
  const { view, filter, sort } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const exporting = useExport();
  return (
    <Screen
      title={t('customers.title')}
      fullWidth
      primaryAction={{ content: t('customer_list.add'), url: '/app/customers/new' }}
    >
      <CustomerList view={view} filter={filter} sort={sort} onExport={exporting.openCustomers} />
      {exporting.dialog}
    </Screen>
  );
}
