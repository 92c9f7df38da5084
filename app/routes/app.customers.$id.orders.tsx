import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readIdParam } from '#app/lib/read-id.ts';
import { readOrdersTab, type OrdersCursor } from '#app/modules/customers/detail/orders-tab.server.ts';
import { OrdersTab } from '#app/modules/customers/detail/ui/orders-tab.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const view =
    customerId === null ? null : await readOrdersTab(shopId, customerId, readCursor(new URL(request.url)));
  if (!view) throw data(null, { status: 404 });
  return { view };
}

function readCursor({ searchParams }: URL): OrdersCursor | null {
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
