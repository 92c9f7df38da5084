import { BlockStack, Card } from '@shopify/polaris';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ChartFrame } from '#app/components/chart-frame.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { UnitLiability } from '../read-liability.server.ts';
import type { ShowAmount } from './show-amount.ts';

/** The chart library is large and needs a browser: it is loaded when a report is looked at. */
const TimeChart = lazy(() => import('#app/components/time-chart.client.tsx'));

/** Older months stand in the table. */
const MONTHS_DRAWN_MAX = 24;

/** Two pictures of the months; the table beside them says the same in figures. */
export function LiabilityCharts({ liability, show }: { liability: UnitLiability; show: ShowAmount }) {
  const { t } = useTranslation();
  const format = useFormat();
  const months = liability.months.slice(-MONTHS_DRAWN_MAX);
  const series = (name: string, pick: (month: (typeof months)[number]) => bigint) => ({
    name,
    data: months.map((month) => ({ key: format.month(month.month), value: Number(pick(month)) })),
  });
  const flow = [
    series(t('reports.liability.issued'), ({ issued }) => issued),
    series(t('reports.liability.spent'), ({ spent, givenBack }) => -(spent + givenBack)),
    series(t('reports.liability.expired'), ({ expired }) => -expired),
    series(t('reports.liability.taken_back'), ({ takenBack }) => -takenBack),
  ];
  const outstanding = [series(t('reports.liability.outstanding'), (month) => month.outstanding)];
  const label = (value: number) => show(BigInt(Math.round(value)));
  return (
    <div className="charts">
      {(
        [
          { title: t('reports.liability.chart_flow'), type: 'bar', data: flow },
          // One point makes no line.
          {
            title: t('reports.liability.chart_outstanding'),
            type: months.length > 1 ? 'line' : 'bar',
            data: outstanding,
          },
        ] as const
      ).map(({ title, type, data }) => (
        <Card key={title}>
          <BlockStack gap="300">
            <CardTitle>{title}</CardTitle>
            <ChartFrame>
              <TimeChart type={type} data={data} label={label} />
            </ChartFrame>
          </BlockStack>
        </Card>
      ))}
    </div>
  );
}
