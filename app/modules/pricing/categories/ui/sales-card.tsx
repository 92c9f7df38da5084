import { Banner, BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { DataTable } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { CategorySales, SalesLine } from '../category-sales.queries.server.ts';

/** What the customers of a category bought and what prices took off: in all, and by month. */
export function SalesCard({ sales: { months, total, isCounting } }: { sales: CategorySales }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cellsOf = (title: string, { orders, salesMinor, discountMinor }: SalesLine) => [
    title,
    format.number(orders),
    format.money(salesMinor),
    format.money(discountMinor),
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('pricing.sales.title')}</CardTitle>
        {isCounting && <Banner tone="info">{t('pricing.sales.counting')}</Banner>}
        {months.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('pricing.sales.none')}
          </Text>
        ) : (
          <DataTable
            columnContentTypes={['text', 'numeric', 'numeric', 'numeric']}
            headings={[
              t('pricing.sales.month'),
              t('pricing.sales.orders'),
              t('pricing.sales.sales'),
              t('pricing.sales.discount'),
            ]}
            rows={[
              cellsOf(t('pricing.sales.total'), total),
              ...months.map((line) => cellsOf(format.month(line.month), line)),
            ]}
          />
        )}
      </BlockStack>
    </Card>
  );
}
