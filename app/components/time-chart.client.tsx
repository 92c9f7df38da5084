import { BarChart, LineChart, PolarisVizProvider, type DataSeries } from '@shopify/polaris-viz';
import '@shopify/polaris-viz/build/esm/styles.css';

interface TimeChartProps {
  type: 'bar' | 'line';
  data: readonly DataSeries[];
  /** How a figure is written. */
  label: (value: number) => string;
}

/** A chart over days or months. In the browser only. */
export default function TimeChart({ type, data, label }: TimeChartProps) {
  const yAxisOptions = {
    labelFormatter: (value: string | number | null) => (value === null ? '' : label(Number(value))),
  };
  const Chart = type === 'bar' ? BarChart : LineChart;
  return (
    <PolarisVizProvider>
      <Chart data={[...data]} theme="Light" isAnimated={false} yAxisOptions={yAxisOptions} />
    </PolarisVizProvider>
  );
}
