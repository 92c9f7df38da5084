import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readOrdersTab, type OrdersCursor } from '#app/modules/crm/profile/orders-tab.server.ts';
import { OrdersTab } from '#app/modules/crm/profile/ui/orders-tab.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const view =
    customerId === null
      ? null
      : await readOrdersTab(shopId, customerId, readCursor(readSearchParams(request)));
  if (!view) throw data(null, { status: 404 });
  return { view };
}

function readCursor(searchParams: URLSearchParams): OrdersCursor | null {
  for (const side of ['after', 'before'] as const) {
    const position = searchParams.get(side);
    if (position !== null) return { side, position };
  }
  return null;
}

export default function CustomerOrders() {
  const { view } = useLoaderData<typeof loader>();
  return <OrdersTab view={view} />;
}
