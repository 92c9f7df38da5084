import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

const LOOK_AGAIN_MS = 3_000;

/** Polls while the worker is busy and the page is visible. */
export function useProgress(isWorking: boolean, lookAgainMs = LOOK_AGAIN_MS): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!isWorking || state !== 'idle') return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') revalidate();
    }, lookAgainMs);
    return () => clearInterval(timer);
  }, [isWorking, state, revalidate, lookAgainMs]);
}
