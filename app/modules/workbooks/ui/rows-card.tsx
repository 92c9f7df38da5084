import { Banner, BlockStack, Box, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { Select } from '#app/components/fields.tsx';
import { Pager } from '#app/components/pager.tsx';
import { useDownload } from '#app/components/use-download.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { useOpeningText } from './import-labels.tsx';
import { textOfProblem, textOfRefusal } from '../import/problem-text.ts';
import type { ImportView, ListedRow, RowList } from '../screen/import-screen.server.ts';

/** The rows of one kind, a page at a time, with what is wrong at their columns; and the error file. */
export function RowsCard({ view }: { view: ImportView }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const { detail, list, rows, isFirstPage, nextAfter, lists } = view;
  const address = `/app/customers/import/${detail.importId}?show=${list}`;
  const label = (each: RowList) => t(each === 'refused' ? 'imports.result.refused' : `imports.check.${each}`);
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <CardTitle>{t('imports.check.problems')}</CardTitle>
          <ErrorFile view={view} />
          <InlineStack>
            <Select
              label={t('imports.check.show')}
              labelInline
              options={lists.map((each) => ({ value: each, label: label(each) }))}
              value={list}
              onChange={(show) => change({ show }, { preventScrollReset: true, replace: true })}
            />
          </InlineStack>
        </BlockStack>
      </Box>
      {rows.length === 0 ? (
        <Box padding="400" paddingBlockStart="0">
          <Text as="p" tone="subdued">
            {t('imports.check.nothing_of', { verdict: label(list).toLowerCase() })}
          </Text>
        </Box>
      ) : (
        <ul className="bare-list">
          {rows.map((row) => (
            <RowLine key={row.row} row={row} view={view} />
          ))}
        </ul>
      )}
      <Pager
        isInCard
        pages={{
          previous: isFirstPage ? null : address,
          next: nextAfter === null ? null : `${address}&after=${nextAfter}`,
        }}
        previousTooltip={t('imports.check.newest')}
      />
    </Card>
  );
}

function RowLine({ row, view }: { row: ListedRow; view: ImportView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = useSentences(view)(row);
  return (
    <li className="ruled import-row">
      <BlockStack gap="050">
        <Text as="p" fontWeight="semibold" breakWord>
          {[t('imports.row', { row: format.number(row.row) }), row.name].filter(Boolean).join(' · ')}
        </Text>
        {sentences.map((sentence) => (
          <Text key={sentence} as="p" breakWord>
            {sentence}
          </Text>
        ))}
        {row.verdict === 'doubtful' && row.customerId !== null && (
          <Button variant="plain" url={`/app/customers/${row.customerId}`} textAlign="start">
            {t('imports.fields.customerId') + ' ' + String(row.customerId)}
          </Button>
        )}
      </BlockStack>
    </li>
  );
}

function useSentences({ detail }: ImportView): (row: ListedRow) => string[] {
  const { t } = useTranslation();
  const amountsOf = useOpeningText();
  const headings = new Map(
    detail.proposal?.columns.map(({ column, heading }) => [column, heading || column]),
  );
  const headingOf = (column: string) => headings.get(column) ?? column;
  return ({ verdict, remarks, doubt, doubtRow, refusal, opening }) => [
    ...(opening === null ? [] : [t('imports.opening.row', { amounts: amountsOf(opening) })]),
    ...(refusal ?? []).map((each) => textOfRefusal(each, t)),
    ...(verdict === 'wrong' ? (remarks?.problems ?? []) : []).map((problem) =>
      textOfProblem(problem, headingOf(problem.column), t),
    ),
    ...(doubt === null ? [] : [t(`imports.doubts.${doubt}`, { row: doubtRow ?? '' })]),
    ...(remarks?.suggestions ?? []).map(({ column, written, suggests }) =>
      t('imports.check.suggestion', { heading: headingOf(column), written, suggests }),
    ),
  ];
}

function ErrorFile({ view }: { view: ImportView }) {
  const { t } = useTranslation();
  const { download, busy } = useDownload();
  const [isFailed, setIsFailed] = useState(false);
  const { detail, totals, counts } = view;
  const problems =
    totals === null
      ? counts
        ? counts.wrong + counts.doubtful
        : 0
      : totals.wrong + totals.refused + totals.skipped;
  if (problems === 0) return null;
  const name = `setia-import-errors.${detail.isCsv ? 'csv' : 'xlsx'}`;
  const start = async (): Promise<void> => {
    setIsFailed((await download(`/app/customers/import/${detail.importId}/errors`, name)) === null);
  };
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button loading={busy !== null} onClick={() => void start()}>
        {t('imports.check.download')}
      </Button>
      <Text as="p" variant="bodySm" tone="subdued">
        {t('imports.check.download_help')}
      </Text>
      {isFailed && <Banner tone="critical">{t('imports.check.download_failed')}</Banner>}
    </BlockStack>
  );
}
