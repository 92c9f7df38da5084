import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readCustomerList } from '#app/modules/customers/customer-list.server.ts';
import type { CustomerCursor } from '#app/modules/customers/customers.queries.server.ts';
import { GIFT_DATES } from '#app/modules/customers/gift-dates.ts';
import { CustomerList } from '#app/modules/customers/ui/customer-list.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const { searchParams } = new URL(request.url);
  const query = searchParams.get('q')?.trim() ?? '';
  const missing = GIFT_DATES.find((date) => date === searchParams.get('missing')) ?? null;
  const view = await readCustomerList(shopId, query, readCursor(searchParams), missing);
  return { view, query, missing };
}

function readCursor(params: URLSearchParams): CustomerCursor | null {
  const after = params.get('after');
  if (after !== null) return { side: 'after', position: after };
  const before = params.get('before');
  return before === null ? null : { side: 'before', position: before };
}

export default function CustomersScreen() {
  const { view, query, missing } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('customers.title')}>
      <CustomerList view={view} query={query} missing={missing} />
    </Screen>
  );
}
