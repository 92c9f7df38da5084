import { BlockStack, Card } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { StepChart } from '#app/components/step-chart.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { BalanceLine } from '../read-balance-lines.server.ts';

/** What a customer had over time in one unit, as a picture; as a table for who does not see it. */
export function BalanceChart({ line: { unit, points } }: { line: BalanceLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const title =
    unit === 'CREDIT' ? t('customer_detail.points.credit_line') : t('customer_detail.points.line');
  const steps = points.map(({ day, balance }) => ({
    at: Date.parse(day),
    value: balance,
    name: `${format.calendarDay(day)}: ${format.units(balance, unit)}`,
  }));
  const dayOf = (point: (typeof points)[number] | undefined) => (point ? format.calendarDay(point.day) : '');
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{title}</CardTitle>
        <StepChart
          points={steps}
          label={(value) => format.amount(value, unit)}
          from={dayOf(points[0])}
          until={dayOf(points.at(-1))}
        />
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
