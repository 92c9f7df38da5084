import { Box, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { BackfillView } from '../backfill-screen.server.ts';
import { StateBadge } from './backfill-labels.tsx';

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
        <CardTitle>{t('backfill.history')}</CardTitle>
      </Box>
      <Table
        count={history.length}
        one={t('backfill.one')}
        many={t('backfill.many')}
        headings={[
          { title: t('backfill.begun') },
          { title: t('backfill.from_day') },
          { title: t('backfill.status') },
          { title: t('backfill.orders'), alignment: 'end' },
          { title: t('backfill.by') },
        ]}
      >
        {history.map((row, index) => (
          <TableRow key={String(row.backfillId)} id={String(row.backfillId)} position={index}>
            <TableCell>
              {row.backfillId === chosen?.backfillId ? (
                <Text as="span" fontWeight="semibold">
                  {format.timestamp(row.createdAt)}
                </Text>
              ) : (
                <Link url={`/app/loyalty/past-orders?run=${row.backfillId}`} dataPrimaryLink removeUnderline>
                  {format.timestamp(row.createdAt)}
                </Link>
              )}
            </TableCell>
            <TableCell>{format.calendarDay(row.startsOn)}</TableCell>
            <TableCell>
              <StateBadge state={row.state} />
            </TableCell>
            <TableCell>
              <Text as="span" numeric alignment="end">
                {format.number(row.ordersFound)}
              </Text>
            </TableCell>
            <TableCell>{row.staffName ?? t('common.staff')}</TableCell>
          </TableRow>
        ))}
      </Table>
    </Card>
  );
}
