import { readJson } from '#app/lib/read-body.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import {
  countUnprocessed,
  listOrders,
  type OrderCursor,
} from '#app/modules/earning/order-list/order-list.server.ts';
import { applyFromForm } from '#app/modules/earning/order-list/act-on-orders.server.ts';
import { OrderList } from '#app/modules/earning/order-list/ui/order-list.tsx';
import { useExport } from '#app/modules/workbooks/export/ui/use-export.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
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
  return applyFromForm(shop, await readJson(request));
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
  const exporting = useExport();
  const { query, isUnprocessed, view } = data;
  const filter = new URLSearchParams({ q: query, tab: isUnprocessed ? 'unprocessed' : 'all' }).toString();
  const action = { content: t('exports.action'), onAction: () => exporting.openList('orders', filter) };
  return (
    <Screen title={t('orders.title')} secondaryActions={view.orders.length === 0 ? [] : [action]}>
      <OrderList {...data} />
      {exporting.dialog}
    </Screen>
  );
}
