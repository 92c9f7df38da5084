import { useNavigate, useNavigation } from '@remix-run/react';
import { Badge, Box, Card, IndexTable, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { GiftRunPage, GiftRunRow } from '../gifts.queries.server.ts';

/** What was given on which celebrated day, newest first. */
export function GiftRuns({ page, isFirstPage }: { page: GiftRunPage; isFirstPage: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isLoading = useNavigation().state === 'loading';
  const { runs, after } = page;
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('gifts.runs')}
        </Text>
      </Box>
      {runs.length === 0 ? (
        <EmptyNote title={t('gifts.runs_empty_title')} text={t('gifts.runs_empty_text')} />
      ) : (
        <IndexTable
          selectable={false}
          loading={isLoading}
          itemCount={runs.length}
          resourceName={{ singular: t('gifts.run'), plural: t('gifts.run_plural') }}
          headings={[
            { title: t('gifts.run_day') },
            { title: t('gifts.run_gift') },
            { title: t('gifts.run_granted'), alignment: 'end' },
            { title: t('gifts.run_amount'), alignment: 'end' },
            { title: t('gifts.run_skipped'), alignment: 'end' },
            { title: t('gifts.run_state') },
          ]}
          pagination={{
            hasPrevious: !isFirstPage,
            onPrevious: () => navigate('/app/gifts'),
            hasNext: after !== null,
            onNext: () => navigate(`/app/gifts?after=${after}`),
          }}
        >
          {runs.map((run, index) => (
            <RunRow key={`${run.day}.${run.kind}`} run={run} position={index} />
          ))}
        </IndexTable>
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
    <IndexTable.Row id={`${run.day}.${run.kind}`} position={position}>
      <IndexTable.Cell>{format.calendarDay(run.day)}</IndexTable.Cell>
      <IndexTable.Cell>{t(`gifts.kind.${run.kind}`)}</IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="p" alignment="end" numeric>
          {format.number(run.granted)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="p" alignment="end" numeric>
          {format.units(run.amount, run.unit)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="p" alignment="end" numeric>
          {format.number(run.skipped)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        {run.finishedAt ? (
          <Text as="span" tone="subdued">
            {format.moment(run.finishedAt)}
          </Text>
        ) : (
          <Badge tone="attention">{t('gifts.run_open')}</Badge>
        )}
      </IndexTable.Cell>
    </IndexTable.Row>
  );
}
