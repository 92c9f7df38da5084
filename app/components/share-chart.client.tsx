import { DonutChart, PolarisVizProvider } from '@shopify/polaris-viz';
import '@shopify/polaris-viz/build/esm/styles.css';

interface ShareChartProps {
  shares: readonly { name: string; value: number }[];
  /** How a figure is written. */
  label: (value: number) => string;
  /** What stands in the middle. */
  total: string;
}

/** How much each part is of the whole. In the browser only. */
export default function ShareChart({ shares, label, total }: ShareChartProps) {
  return (
    <PolarisVizProvider>
      <DonutChart
        data={shares.map(({ name, value }) => ({ name, data: [{ key: name, value }] }))}
        theme="Light"
        isAnimated={false}
        showLegendValues
        legendPosition="bottom"
        labelFormatter={(value) => (value === null ? '' : label(Number(value)))}
        renderInnerValueContent={() => <span className="share-total">{total}</span>}
      />
    </PolarisVizProvider>
  );
}
