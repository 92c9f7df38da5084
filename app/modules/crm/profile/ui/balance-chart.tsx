import { BlockStack, Card } from '@shopify/polaris';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useIsInBrowser } from '#app/components/use-is-in-browser.ts';
import type { BalanceLine } from '../read-balance-lines.server.ts';

/** The chart library is large and needs a browser: it is loaded when this tab is looked at. */
const TimeChart = lazy(() => import('#app/components/time-chart.client.tsx'));

/** What a customer had over time in one unit, as a picture; as a table for who does not see it. */
export function BalanceChart({ line: { unit, points } }: { line: BalanceLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isInBrowser = useIsInBrowser();
  const title =
    unit === 'CREDIT' ? t('customer_detail.points.credit_line') : t('customer_detail.points.line');
  const data = points.map(({ day, balance }) => ({ key: format.calendarDay(day), value: Number(balance) }));
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{title}</CardTitle>
        <div className="chart low-chart" aria-hidden="true">
          {isInBrowser && (
            <Suspense fallback={null}>
              <TimeChart
                type="line"
                data={[{ name: title, data }]}
                label={(value) => format.amount(BigInt(Math.round(value)), unit)}
              />
            </Suspense>
          )}
        </div>
        <table className="only-spoken">
          <caption>{title}</caption>
          <tbody>
            {points.map(({ day, balance }) => (
              <tr key={day}>
                <th scope="row">{format.calendarDay(day)}</th>
                <td>{format.amount(balance, unit)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </BlockStack>
    </Card>
  );
}
