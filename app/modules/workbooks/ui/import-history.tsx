import { Box, Card } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { HistoryLine, HistoryView } from '../screen/import-screen.server.ts';
import { StateBadge, useFailureText } from './import-labels.tsx';

const ADDRESS = '/app/customers/import';

/** Every import of the shop, newest first. */
export function ImportHistory({ view }: { view: HistoryView }) {
  const { t } = useTranslation();
  const { imports, isFirstPage, olderThan } = view;
  return (
    <Card padding="0">
      <Box padding="400">
        <CardTitle>{t('imports.history.title')}</CardTitle>
      </Box>
      {imports.length === 0 ? (
        <EmptyNote title={t('imports.history.empty_title')} text={t('imports.history.empty_text')} />
      ) : (
        <Table
          count={imports.length}
          one={t('imports.one')}
          many={t('imports.many')}
          pages={newestAndOlder(ADDRESS, { isFirstPage, olderThan })}
          headings={[
            { title: t('imports.history.file') },
            { title: t('imports.history.state') },
            { title: t('imports.history.when') },
            { title: t('imports.history.who') },
          ]}
        >
          {imports.map((line, position) => (
            <HistoryRow key={String(line.importId)} line={line} position={position} />
          ))}
        </Table>
      )}
    </Card>
  );
}

function HistoryRow({ line, position }: { line: HistoryLine; position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const failureText = useFailureText();
  const { importId, fileName, state, totals, failure, failureRow } = line;
  const problems = totals === null ? 0 : totals.wrong + totals.refused;
  const counts = totals && {
    created: format.number(totals.created),
    updated: format.number(totals.updated),
    wrong: format.number(problems),
  };
  const result =
    state === 'failed'
      ? failureText(failure, failureRow)
      : counts && t(problems > 0 ? 'imports.counts_wrong' : 'imports.counts', counts);
  return (
    <TableRow id={String(importId)} position={position}>
      <TwoLineCell url={`${ADDRESS}/${importId}`} title={fileName} details={[result]} />
      <TableCell>
        <StateBadge state={state} />
      </TableCell>
      <TableCell>{format.timestamp(line.createdAt)}</TableCell>
      <TableCell>{line.staffName ?? t('common.staff')}</TableCell>
    </TableRow>
  );
}
