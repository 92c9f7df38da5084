import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { explainOrder } from '#app/modules/loyalty/explain.server.ts';
import { OrderExplanation } from '#app/modules/loyalty/ui/order-explanation.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const orderId = readIdParam(params.id);
  const explained = orderId === null ? null : await explainOrder(shopId, orderId);
  if (!explained) throw data(null, { status: 404 });
  return explained;
}

export default function OrderExplanationScreen() {
  const explained = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { customerId, name } = explained.order;
  const backAction =
    customerId === null
      ? { content: t('customers.title'), url: '/app/customers' }
      : { content: t('explain.to_customer'), url: `/app/customers/${customerId}` };
  return (
    <Screen title={t('explain.title', { order: name ?? t('ledger.some_order') })} backAction={backAction}>
      <OrderExplanation explained={explained} />
    </Screen>
  );
}
