import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readCustomerList } from '#app/modules/customers/customer-list.server.ts';
import type { CustomerCursor } from '#app/modules/customers/customers.queries.server.ts';
import { CustomerList } from '#app/modules/customers/ui/customer-list.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const { searchParams } = new URL(request.url);
  const query = searchParams.get('q')?.trim() ?? '';
  return { view: await readCustomerList(shopId, query, readCursor(searchParams)), query };
}

function readCursor(params: URLSearchParams): CustomerCursor | null {
  const after = params.get('after');
  if (after !== null) return { side: 'after', position: after };
  const before = params.get('before');
  return before === null ? null : { side: 'before', position: before };
}

export default function CustomersScreen() {
  const { view, query } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('customers.title')}>
      <CustomerList view={view} query={query} />
    </Screen>
  );
}
