import { useFetcher } from '@remix-run/react';
import { Banner, List } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { AppliedOrder, OrdersAnswer } from '../act-on-orders.server.ts';

/** Applies the rules now through the current route; `answer` says what came of the last time. */
export function useApplyNow() {
  const fetcher = useFetcher<OrdersAnswer>();
  return {
    answer: fetcher.state === 'idle' ? fetcher.data : undefined,
    isBusy: fetcher.state !== 'idle',
    apply: (orders: string[] | 'all') =>
      fetcher.submit({ apply: orders }, { method: 'post', encType: 'application/json' }),
  };
}

/** What each order was given, or why it was given nothing. Read out when it appears. */
export function AppliedBanner({ answer }: { answer: OrdersAnswer | undefined }) {
  const { t } = useTranslation();
  const outcomeOf = useOutcome();
  if (!answer) return null;
  if (answer.kind === 'invalid') return <Banner tone="critical" title={t('orders.apply_invalid')} />;
  if (answer.kind === 'queued') {
    return <Banner tone="info" title={t('orders.apply_queued', { count: answer.count })} />;
  }
  const isFailed = answer.orders.some(({ outcome }) => outcome === 'unreachable');
  return (
    <Banner tone={isFailed ? 'warning' : 'success'} title={t('orders.apply_done')}>
      <List>
        {answer.orders.map((order) => (
          <List.Item key={String(order.orderId)}>
            {t('orders.applied_line', {
              order: order.name ?? String(order.orderId),
              outcome: outcomeOf(order),
            })}
          </List.Item>
        ))}
      </List>
    </Banner>
  );
}

function useOutcome(): (order: AppliedOrder) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ outcome, gains, nothingBecause }) => {
    if (outcome !== 'applied') return t(`orders.outcome.${outcome}`);
    if (gains.length === 0)
      return nothingBecause ? t(`explain.nothing.${nothingBecause}`) : t('orders.outcome.unchanged');
    return new Intl.ListFormat(format.locale).format(
      gains.map(({ amount, unit }) =>
        amount > 0n
          ? t('orders.outcome.given', { amount: format.units(amount, unit) })
          : t('orders.outcome.taken', { amount: format.units(-amount, unit) }),
      ),
    );
  };
}
