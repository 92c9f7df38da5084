import { BarChart, LineChart, PolarisVizProvider, type DataSeries } from '@shopify/polaris-viz';
import '@shopify/polaris-viz/build/esm/styles.css';
import { useTranslation } from 'react-i18next';

/** Between two points nothing is known: a curve would show amounts that never were. */
const STRAIGHT = { Light: { line: { hasSpline: false } } };

interface TimeChartProps {
  type: 'bar' | 'line';
  data: readonly DataSeries[];
  /** How a figure is written. */
  label: (value: number) => string;
}

/** A chart over days or months. In the browser only. */
export default function TimeChart({ type, data, label }: TimeChartProps) {
  const { t } = useTranslation();
  const yAxisOptions = {
    labelFormatter: (value: string | number | null) => (value === null ? '' : label(Number(value))),
  };
  const Chart = type === 'bar' ? BarChart : LineChart;
  return (
    <PolarisVizProvider themes={STRAIGHT}>
      <Chart
        data={[...data]}
        theme="Light"
        isAnimated={false}
        yAxisOptions={yAxisOptions}
        renderHiddenLegendLabel={(count) => t('common.more_of', { count })}
      />
    </PolarisVizProvider>
  );
}
