import { BlockStack, Card, InlineStack, Link } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { OrderExplained } from '../explain-order.server.ts';
import { useOrderPriceWords } from '#app/modules/pricing/orders/ui/use-order-price-words.ts';
import { ChannelName, OrderStatus } from '#app/modules/orders/ui/order-status.tsx';

/** The order itself, and what was true of its customer when its rules were fixed. */
export function OrderFactsCard({ explained }: { explained: OrderExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const priceWords = useOrderPriceWords();
  const { order, refunds, owner } = explained;
  const money = (amountMinor: bigint) => format.moneyOf(amountMinor, order.currency);
  const facts: [string, ReactNode][] = [
    [t('orders.customer'), <Owner key="owner" explained={explained} />],
    [t('orders.date'), format.timestamp(order.processedAt)],
    [t('orders.channel_title'), <ChannelName key="channel" source={order.sourceName} />],
    [t('orders.total'), money(order.totalMinor)],
  ];
  for (const price of explained.prices)
    facts.push([priceWords.rule(price), priceWords.amount(price, order.currency)]);
  for (const { at } of order.fulfillments) facts.push([t('explain.fulfilled_at'), format.timestamp(at)]);
  for (const refund of refunds) {
    const items = refund.lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const parts = [format.timestamp(refund.refundedAt)];
    if (items > 0) parts.push(t('explain.refund_items', { count: items, items: format.number(items) }));
    if (refund.extraMinor > 0n) parts.push(t('explain.refund_amount', { amount: money(refund.extraMinor) }));
    if (refund.shippingMinor > 0n)
      parts.push(t('explain.refund_shipping', { amount: money(refund.shippingMinor) }));
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
          <CardTitle>{t('explain.order')}</CardTitle>
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
