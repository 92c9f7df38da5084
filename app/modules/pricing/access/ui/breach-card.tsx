import { BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import type { AccessView, Breach } from '../access-screen.server.ts';

/** Orders that got through: each with its products, and a button when staff have seen it. */
export function BreachCard({ view }: { view: AccessView }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('members_only.breach.title')}</CardTitle>
        <Text as="p" tone="subdued">
          {t('members_only.breach.text')}
        </Text>
        <ul className="bare-list">
          {view.breaches.map((breach) => (
            <BreachLine key={String(breach.orderId)} breach={breach} />
          ))}
        </ul>
        {view.hasMoreBreaches && <Text as="p">{t('members_only.breach.more')}</Text>}
      </BlockStack>
    </Card>
  );
}

function BreachLine({ breach }: { breach: Breach }) {
  const { t } = useTranslation();
  const format = useFormat();
  const customerName = useCustomerName();
  const action = useAction();
  const { orderId, orderedAt, customerId, products } = breach;
  const order = breach.orderName ?? String(orderId);
  return (
    <li className="ruled roomy">
      <InlineStack gap="300" align="space-between" blockAlign="center">
        <BlockStack gap="050">
          <Text as="p">
            <Link url={`/app/activity/orders/${orderId}`}>{order}</Link> · {products.join(', ')}
          </Text>
          <Text as="p" tone="subdued">
            {format.timestamp(orderedAt)} ·{' '}
            {customerId === null ? (
              t('members_only.breach.guest')
            ) : (
              <Link url={`/app/customers/${customerId}`}>{customerName(breach)}</Link>
            )}
          </Text>
        </BlockStack>
        <Button
          loading={action.isBusy}
          accessibilityLabel={t('members_only.breach.seen_order', { order })}
          onClick={() =>
            action.act({ intent: 'dismiss', orderId: String(orderId) }, t('members_only.breach.done'))
          }
        >
          {t('members_only.breach.seen')}
        </Button>
      </InlineStack>
    </li>
  );
}
