import { useEffect, useState } from 'preact/hooks';
import type { Followed, TillBase } from './till.ts';

/** Returns the value of a host's signal, and the next ones as they come. A component follows the same one all its life. */
export function useFollowed<T>(signal: Followed<T>): T {
  const [value, setValue] = useState(signal.value);
  // Not when the object is another: a host may wrap its parts again each time they are read.
  useEffect(() => signal.subscribe((next) => setValue(next)), []);
  return value;
}

/** Whether the till has no connection: points need the app. */
export function useIsOffline({ connectivity }: Pick<TillBase, 'connectivity'>): boolean {
  return useFollowed(connectivity.current).internetConnected === 'Disconnected';
}
