import { lazy, Suspense } from 'react';
import { useIsInBrowser } from '#app/components/use-is-in-browser.ts';

const SparkLine = lazy(() => import('#app/components/spark-line.client.tsx'));

/** A segment's daily counts as a line, which needs two days. */
export function SegmentHistory({ values, label }: { values: readonly number[]; label: string }) {
  const isInBrowser = useIsInBrowser();
  if (values.length < 2) return <>–</>;
  return (
    <div className="spark-line">
      {isInBrowser && (
        <Suspense fallback={null}>
          <SparkLine values={values} label={label} />
        </Suspense>
      )}
    </div>
  );
}
