import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { useShop } from '#app/components/shop-context.tsx';
import type { CustomerProfile } from '../../customers.queries.server.ts';

/** What is known of a customer. */
export function RecordCard({ customer }: { customer: CustomerProfile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { domain } = useShop();
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t('customer.profile')}
        </Text>
        <Text as="p" breakWord>
          {customer.email ?? t('customer.no_email')}
        </Text>
        <Text as="p">{customer.phone ?? t('customer.no_phone')}</Text>
        <Text as="p" tone="subdued">
          {t('customer.known_since', { day: format.day(customer.createdAt) })}
        </Text>
        {customer.state === 'active' && (
          <Link url={`https://${domain}/admin/customers/${customer.customerId}`} external>
            {t('customer.open_in_shopify')}
          </Link>
        )}
      </BlockStack>
    </Card>
  );
}
