import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { readCustomerScreen } from '#app/modules/customers/customer-screen.server.ts';
import { CustomerDetails } from '#app/modules/customers/ui/customer-details.tsx';
import { LifecycleBadge } from '#app/modules/segments/ui/lifecycle-badge.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const before = readIdParam(new URL(request.url).searchParams.get('before'));
  const view = customerId === null ? null : await readCustomerScreen(shopId, customerId, before);
  if (!view) throw data(null, { status: 404 });
  return { view, isFirstPage: before === null };
}

export default function CustomerScreen() {
  const { view, isFirstPage } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  return (
    <Screen
      title={nameOf(view.customer)}
      titleMetadata={<LifecycleBadge group={view.group} />}
      backAction={{ content: t('customers.title'), url: '/app/customers' }}
    >
      <CustomerDetails view={view} isFirstPage={isFirstPage} />
    </Screen>
  );
}
