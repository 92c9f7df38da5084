import { Suspense, useEffect, useRef, type ReactNode } from 'react';
import { useIsInBrowser } from './use-is-in-browser.ts';

/**
 * Around a chart whose figures are also in a table: screen readers and the Tab key are spared the picture, a mouse
 * still gets its tooltips. The chart library makes bars and points focusable as it draws them.
 */
export function ChartFrame({ children }: { children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const isInBrowser = useIsInBrowser();
  useEffect(() => {
    const node = frame.current;
    if (!node) return undefined;
    const observer = new MutationObserver(() => leaveOut(node));
    observer.observe(node, { childList: true, subtree: true, attributeFilter: ['tabindex'] });
    leaveOut(node);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} className="chart" aria-hidden="true">
      {isInBrowser && <Suspense fallback={null}>{children}</Suspense>}
    </div>
  );
}

/** Takes what could have the focus out of the Tab key's way. */
function leaveOut(node: HTMLElement): void {
  for (const part of node.querySelectorAll(
    '[tabindex]:not([tabindex="-1"]), button:not([tabindex]), a[href]:not([tabindex])',
  ))
    part.setAttribute('tabindex', '-1');
}
