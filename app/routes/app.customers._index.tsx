import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readCustomerFilter, readCustomerSort } from '#app/modules/customers/list/customer-filter.ts';
import { readCustomerList } from '#app/modules/customers/list/customer-list.server.ts';
import { readCursor } from '#app/modules/customers/list/list-place.ts';
import { CustomerList } from '#app/modules/customers/list/ui/customer-list.tsx';
import { noteSearch } from '#app/modules/privacy/note-search.server.ts';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { shopId } = shop;
  const { searchParams } = new URL(request.url);
  const filter = readCustomerFilter(searchParams);
  const sort = readCustomerSort(searchParams);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const [view] = await Promise.all([
    readCustomerList(shopId, filter, sort, readCursor(searchParams)),
    noteSearch(shopId, filter.query, readActor),
  ]);
  return { view, filter, sort };
}

export default function CustomersScreen() {
  const { view, filter, sort } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('customers.title')}
      fullWidth
      primaryAction={{ content: t('customer_list.add'), url: '/app/customers/new' }}
      secondaryActions={[{ content: t('completeness.title'), url: '/app/completeness' }]}
    >
      <CustomerList view={view} filter={filter} sort={sort} />
    </Screen>
  );
}
