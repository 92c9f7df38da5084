import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { explainOrder } from '#app/modules/earning/explain/explain-order.server.ts';
import { isDue } from '#app/modules/earning/explain/is-due.server.ts';
import { applyToThese, type OrdersAnswer } from '#app/modules/earning/order-list/act-on-orders.server.ts';
import { AppliedBanner, useApplyNow } from '#app/modules/earning/order-list/ui/apply-now.tsx';
import { OrderExplanation } from '#app/modules/earning/explain/ui/order-explanation.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const orderId = readIdParam(params.id);
  const explained = orderId === null ? null : await explainOrder(shopId, orderId);
  if (!explained) throw data(null, { status: 404 });
  return { ...explained, isDue: isDue(explained) };
}

export async function action({ request, params }: ActionFunctionArgs): Promise<OrdersAnswer> {
  const shop = await authenticateAdmin(request);
  const orderId = readIdParam(params.id);
  if (orderId === null) return { kind: 'invalid' };
  return { kind: 'applied', orders: await applyToThese(shop, [orderId]) };
}

export default function OrderExplanationScreen() {
  const { isDue: hasMore, ...explained } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { answer, isBusy, apply } = useApplyNow();
  const { orderId, name } = explained.order;
  const applyAction = {
    content: t('orders.apply'),
    loading: isBusy,
    onAction: () => apply([String(orderId)]),
  };
  return (
    <Screen
      title={t('explain.title', { order: name ?? t('ledger.some_order') })}
      backAction={{ content: t('orders.title'), url: '/app/activity/orders' }}
      // What would change nothing is at hand, and not what the page is for.
      {...(hasMore ? { primaryAction: applyAction } : { secondaryActions: [applyAction] })}
    >
      <div className="stack">
        <AppliedBanner answer={answer} />
        <OrderExplanation explained={explained} />
      </div>
    </Screen>
  );
}
