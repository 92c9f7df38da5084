import { Box, Card, IndexTable, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { BackfillView } from '../backfill-screen.server.ts';
import { StateBadge } from './backfill-words.tsx';

/** Every backfill of the shop, newest first. */
export function BackfillHistory({
  history,
  chosen,
}: {
  history: BackfillView[];
  chosen: BackfillView | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('backfill.history')}
        </Text>
      </Box>
      <IndexTable
        selectable={false}
        itemCount={history.length}
        resourceName={{ singular: t('backfill.one'), plural: t('backfill.many') }}
        headings={[
          { title: t('backfill.begun') },
          { title: t('backfill.from_day') },
          { title: t('backfill.status') },
          { title: t('backfill.orders'), alignment: 'end' },
          { title: t('backfill.by') },
        ]}
      >
        {history.map((row, index) => (
          <IndexTable.Row key={String(row.backfillId)} id={String(row.backfillId)} position={index}>
            <IndexTable.Cell>
              {row.backfillId === chosen?.backfillId ? (
                <Text as="span" fontWeight="semibold">
                  {format.moment(row.createdAt)}
                </Text>
              ) : (
                <Link url={`/app/backfill?run=${row.backfillId}`} dataPrimaryLink removeUnderline>
                  {format.moment(row.createdAt)}
                </Link>
              )}
            </IndexTable.Cell>
            <IndexTable.Cell>{format.calendarDay(row.startsOn)}</IndexTable.Cell>
            <IndexTable.Cell>
              <StateBadge state={row.state} />
            </IndexTable.Cell>
            <IndexTable.Cell>
              <Text as="span" numeric alignment="end">
                {format.number(row.ordersFound)}
              </Text>
            </IndexTable.Cell>
            <IndexTable.Cell>{row.staffName ?? t('common.unknown')}</IndexTable.Cell>
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
}
