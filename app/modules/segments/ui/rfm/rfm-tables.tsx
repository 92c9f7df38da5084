import { BlockStack, Box, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { DataTable } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { RfmView } from '../../rfm/rfm-screen.server.ts';
import { groupAddress } from './rfm-map.tsx';

const BASIS_POINTS = 10_000;

/** The groups with their figures. */
export function RfmGroupTable({ groups }: Pick<RfmView, 'groups'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = groups.reduce((sum, { customers }) => sum + customers, 0);
  const rows = groups.map(({ group, customers, orders, spendMinor, daysSinceOrder }) => {
    const name = t(`rfm.group.${group}`);
    const share = total === 0 ? 0 : Math.round((customers * BASIS_POINTS) / total);
    return [
      <BlockStack key={group}>
        <Link url={groupAddress(group, name)} removeUnderline>
          {name}
        </Link>
        <Text as="span" variant="bodySm" tone="subdued">
          {t(`rfm.about.${group}`)}
        </Text>
      </BlockStack>,
      <Link
        key={`${group}-count`}
        url={groupAddress(group, name)}
        accessibilityLabel={`${name}: ${format.number(customers)}`}
        removeUnderline
      >
        {format.number(customers)}
      </Link>,
      format.percent(share),
      format.number(orders),
      format.money(spendMinor),
      daysSinceOrder === null ? '–' : format.number(daysSinceOrder),
    ];
  });
  const columns = ['group', 'customers', 'share', 'orders', 'spend', 'days'] as const;
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <CardTitle>{t('rfm.table')}</CardTitle>
      </Box>
      <DataTable
        columnContentTypes={['text', 'numeric', 'numeric', 'numeric', 'numeric', 'numeric']}
        headings={columns.map((column) => t(`rfm.column.${column}`))}
        rows={rows}
      />
    </Card>
  );
}

/** From where on each score counts. */
export function RfmScoreTable({ thresholds }: Pick<RfmView, 'thresholds'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = thresholds
    .map(({ recency, orders, spendMinor }, index) => [
      format.number(index + 2),
      t('rfm.from_day', { day: format.day(recency) }),
      t('rfm.from_orders', { count: orders, amount: format.number(orders) }),
      t('rfm.from_money', { amount: format.money(spendMinor) }),
    ])
    .toReversed();
  const columns = ['score', 'recency', 'frequency', 'money'] as const;
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <BlockStack gap="200">
          <CardTitle>{t('rfm.scores')}</CardTitle>
          <Text as="p" tone="subdued">
            {t('rfm.scores_text')}
          </Text>
        </BlockStack>
      </Box>
      <DataTable
        columnContentTypes={['text', 'text', 'text', 'text']}
        headings={columns.map((column) => t(`rfm.column.${column}`))}
        rows={[...rows, [format.number(1), t('rfm.below'), t('rfm.below'), t('rfm.below')]]}
      />
    </Card>
  );
}
