import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { NamedOrderPrice } from '../order-prices.queries.server.ts';

/** A price on an order in words: which rule it was, and how much it took off. */
export function useOrderPriceWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const rule = ({ rule: kind, name, title, percentBp }: NamedOrderPrice): string => {
    const of = t(`pricing.order.rule.${kind}`, { name: name ?? title });
    return percentBp === null
      ? of
      : t('pricing.order.with_percent', { of, percent: format.percent(percentBp) });
  };
  const amount = ({ amountMinor, returnedMinor }: NamedOrderPrice, currency: string): string => {
    const off = t('pricing.order.off', { amount: format.moneyOf(amountMinor, currency) });
    if (returnedMinor === 0n) return off;
    return t('pricing.order.with_returned', { off, returned: format.moneyOf(returnedMinor, currency) });
  };
  return {
    /** "Own discount (Reseller), 15%" */
    rule,
    /** "Rp 45.000 off, Rp 15.000 of it refunded" */
    amount,
    /** Both in one line. */
    line: (price: NamedOrderPrice, currency: string): string =>
      t('pricing.order.line', { rule: rule(price), amount: amount(price, currency) }),
  };
}
