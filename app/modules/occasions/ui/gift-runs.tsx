import { Badge, Box, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { GiftRunPage, GiftRunRow } from '../gifts.queries.server.ts';

const RUNS = '/app/loyalty/occasions';

/** What was given on which celebrated day, newest first. */
export function GiftRuns({ page, isFirstPage }: { page: GiftRunPage; isFirstPage: boolean }) {
  const { t } = useTranslation();
  const { runs, after } = page;
  return (
    <Card padding="0">
      <Box padding="400">
        <CardTitle>{t('gifts.runs')}</CardTitle>
      </Box>
      {runs.length === 0 ? (
        <EmptyNote title={t('gifts.runs_empty_title')} text={t('gifts.runs_empty_text')} />
      ) : (
        <Table
          count={runs.length}
          one={t('gifts.run')}
          many={t('gifts.run_plural')}
          headings={[
            { title: t('gifts.run_day') },
            { title: t('gifts.run_gift') },
            { title: t('gifts.run_granted'), alignment: 'end' },
            { title: t('gifts.run_amount'), alignment: 'end' },
            { title: t('gifts.run_skipped'), alignment: 'end' },
            { title: t('gifts.run_state') },
          ]}
          pages={{
            previous: isFirstPage ? null : RUNS,
            next: after === null ? null : `${RUNS}?after=${after}`,
          }}
        >
          {runs.map((run, index) => (
            <RunRow key={`${run.day}.${run.kind}`} run={run} position={index} />
          ))}
        </Table>
      )}
      {runs.length > 0 && (
        <Box padding="400">
          <Text as="p" tone="subdued">
            {t('gifts.run_skipped_help')}
          </Text>
        </Box>
      )}
    </Card>
  );
}

function RunRow({ run, position }: { run: GiftRunRow; position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <TableRow id={`${run.day}.${run.kind}`} position={position}>
      <TableCell>{format.calendarDay(run.day)}</TableCell>
      <TableCell>{t(`gifts.kind.${run.kind}`)}</TableCell>
      <TableCell>
        <Text as="p" alignment="end" numeric>
          {format.number(run.granted)}
        </Text>
      </TableCell>
      <TableCell>
        <Text as="p" alignment="end" numeric>
          {format.units(run.amount, run.unit)}
        </Text>
      </TableCell>
      <TableCell>
        <Text as="p" alignment="end" numeric>
          {format.number(run.skipped)}
        </Text>
      </TableCell>
      <TableCell>
        {run.finishedAt ? (
          <Text as="span" tone="subdued">
            {format.timestamp(run.finishedAt)}
          </Text>
        ) : (
          <Badge tone="attention">{t('gifts.run_open')}</Badge>
        )}
      </TableCell>
    </TableRow>
  );
}
