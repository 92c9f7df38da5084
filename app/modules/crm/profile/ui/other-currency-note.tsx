import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';

/** How many of the orders are in another currency and in no amount; nothing where none is. */
export function OtherCurrencyNote({ count }: { count: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (count === 0) return null;
  return (
    <Text as="p" variant="bodySm" tone="subdued">
      {t('customer_detail.orders.other_currency', { count, amount: format.number(count) })}
    </Text>
  );
}
