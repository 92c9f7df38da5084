import { PolarisVizProvider, SparkLineChart } from '@shopify/polaris-viz';
import '@shopify/polaris-viz/build/esm/styles.css';

/** How a figure went, as a small line. In the browser only. */
export default function SparkLine({ values, label }: { values: readonly number[]; label: string }) {
  return (
    <PolarisVizProvider>
      <SparkLineChart
        theme="Light"
        isAnimated={false}
        accessibilityLabel={label}
        data={[{ name: label, data: values.map((value, key) => ({ key, value })) }]}
      />
    </PolarisVizProvider>
  );
}
