import { Badge, type BadgeProps } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CHANNELS, type PAYMENT_STATES } from '../order-words.ts';

const STATES = {
  paid: 'success',
  pending: 'attention',
  authorized: 'attention',
  partially_paid: 'attention',
  partially_refunded: 'info',
  refunded: 'info',
  voided: 'info',
  expired: 'info',
} as const satisfies Record<(typeof PAYMENT_STATES)[number], BadgeProps['tone']>;

const isState = (text: string): text is keyof typeof STATES => text in STATES;

/** Whether an order is paid, given back or cancelled, as a badge. */
export function OrderStatus({ order }: { order: { financial: string; isCancelled: boolean } }) {
  const { t } = useTranslation();
  const { financial, isCancelled } = order;
  if (isCancelled) return <Badge tone="critical">{t('orders.state.cancelled')}</Badge>;
  if (!isState(financial)) return <Badge>{financial}</Badge>;
  return <Badge tone={STATES[financial]}>{t(`orders.state.${financial}`)}</Badge>;
}

/** Where an order was made. */
export function ChannelName({ source }: { source: string | null }) {
  const { t } = useTranslation();
  const known = CHANNELS.find((channel) => channel === source);
  return <>{t(`orders.channel.${known ?? 'other'}`)}</>;
}
