import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { countUnprocessed, listOrders, type OrderCursor } from '#app/modules/loyalty/order-list.server.ts';
import { applyFromForm } from '#app/modules/loyalty/orders-action.server.ts';
import { OrderList } from '#app/modules/loyalty/ui/order-list.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const { searchParams } = new URL(request.url);
  const query = searchParams.get('q')?.trim() ?? '';
  const isUnprocessed = searchParams.get('tab') === 'unprocessed';
  const [view, unprocessed] = await Promise.all([
    listOrders(shopId, { query, isUnprocessed }, readCursor(searchParams)),
    countUnprocessed(shopId),
  ]);
  return { view, query, isUnprocessed, unprocessed };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  return applyFromForm(shop, await request.json());
}

function readCursor(params: URLSearchParams): OrderCursor | null {
  const after = params.get('after');
  if (after !== null) return { side: 'after', position: after };
  const before = params.get('before');
  return before === null ? null : { side: 'before', position: before };
}

export default function OrdersScreen() {
  const data = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('orders.title')}
      secondaryActions={[{ content: t('backfill.title'), url: '/app/backfill' }]}
    >
      <OrderList {...data} />
    </Screen>
  );
}
