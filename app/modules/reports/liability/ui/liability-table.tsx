import { Box, Card } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { DataTable } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { UnitLiability } from '../read-liability.server.ts';
import type { ShowAmount } from './show-amount.ts';

/** The months as a table, the newest first: what the charts draw, for everybody. */
export function LiabilityTable({ liability, show }: { liability: UnitLiability; show: ShowAmount }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { months, totals, outstanding, pending } = liability;
  const columns = [
    'issued',
    'spent',
    'given_back',
    'expired',
    'taken_back',
    'outstanding',
    'pending',
  ] as const;
  const rows = months.toReversed().map((month) => {
    const name = format.month(month.month);
    return [
      month.isOver ? name : t('reports.liability.so_far', { month: name }),
      show(month.issued),
      show(month.spent),
      show(month.givenBack),
      show(month.expired),
      show(month.takenBack),
      show(month.outstanding),
      show(month.pending),
    ];
  });
  const sums = [totals.issued, totals.spent, totals.givenBack, totals.expired, totals.takenBack].map(show);
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <CardTitle>{t('reports.liability.table')}</CardTitle>
      </Box>
      <DataTable
        columnContentTypes={['text', ...columns.map(() => 'numeric' as const)]}
        headings={[t('reports.liability.month'), ...columns.map((name) => t(`reports.liability.${name}`))]}
        rows={rows}
        totals={['', ...sums, show(outstanding), show(pending)]}
        totalsName={{
          singular: t('reports.liability.all_months'),
          plural: t('reports.liability.all_months'),
        }}
        showTotalsInFooter
        increasedTableDensity
        hasFixedFirstColumn
      />
    </Card>
  );
}
