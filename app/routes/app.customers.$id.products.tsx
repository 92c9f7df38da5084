import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readProductsTab } from '#app/modules/crm/profile/products-tab.server.ts';
import { ProductsTab } from '#app/modules/crm/profile/ui/products-tab.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const isByAmount = readSearchParams(request).get('by') === 'amount';
  const view =
    customerId === null
      ? null
      : await readProductsTab(shopId, customerId, isByAmount ? 'amount' : 'quantity');
  if (!view) throw data(null, { status: 404 });
  return { view };
}

export default function CustomerProducts() {
  const { view } = useLoaderData<typeof loader>();
  return <ProductsTab view={view} />;
}
