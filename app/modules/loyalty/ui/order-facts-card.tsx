import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/components/customer-name.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { OrderExplained } from '../explain.server.ts';
import { ChannelName, OrderStatus } from '#app/components/order-status.tsx';

/** The order itself, and what was true of its customer when its rules were fixed. */
export function OrderFactsCard({ explained }: { explained: OrderExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { order, refunds, owner } = explained;
  const facts: [string, ReactNode][] = [
    [t('orders.customer'), <Owner key="owner" explained={explained} />],
    [t('orders.date'), format.moment(order.processedAt)],
    [t('orders.channel_title'), <ChannelName key="channel" source={order.sourceName} />],
    [t('orders.total'), format.money(order.totalMinor)],
  ];
  if (order.fulfilledAt) facts.push([t('explain.fulfilled_at'), format.moment(order.fulfilledAt)]);
  for (const refund of refunds) {
    const pieces = refund.lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const parts = [format.moment(refund.refundedAt)];
    if (pieces > 0) parts.push(t('explain.refund_pieces', { count: pieces, pieces: format.number(pieces) }));
    if (refund.extraMinor > 0n)
      parts.push(t('explain.refund_amount', { amount: format.money(refund.extraMinor) }));
    if (refund.shippingMinor > 0n)
      parts.push(t('explain.refund_shipping', { amount: format.money(refund.shippingMinor) }));
    facts.push([t('explain.refund'), parts.join(' · ')]);
  }
  if (owner.facts) {
    const { isMember, categoryName, tierName } = owner.facts;
    facts.push(
      [t('explain.member'), isMember ? t('explain.yes') : t('explain.no')],
      [t('explain.category'), categoryName ?? t('common.none')],
      [t('explain.tier_then'), tierName ?? t('common.none')],
    );
  }
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t('explain.order')}
          </Text>
          <OrderStatus order={{ financial: order.financial, isCancelled: order.cancelledAt !== null }} />
        </InlineStack>
        <dl className="facts">
          {facts.map(([name, value], index) => (
            <div key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </BlockStack>
    </Card>
  );
}

function Owner({ explained: { owner } }: { explained: OrderExplained }) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  if (owner.customerId === null) {
    const contact = [owner.phone, owner.email].filter((text) => text !== null).join(', ');
    return <>{contact === '' ? t('orders.guest') : t('explain.guest_waits', { contact })}</>;
  }
  return (
    <>
      <Link url={`/app/customers/${owner.customerId}`}>{nameOf(owner)}</Link>
      {owner.isClaimed && ` (${t('orders.claimed')})`}
    </>
  );
}
