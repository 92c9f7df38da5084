import { useEffect } from 'react';

const TRAIL_MAX = 20;

/** What had the focus in this document, latest last: a menu's item is gone by the time that its dialog closes. */
const trail: HTMLElement[] = [];

/** Notes where the focus goes, for as long as the app is shown. */
export function useFocusTrail(): void {
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target === trail.at(-1)) return;
      trail.push(target);
      if (trail.length > TRAIL_MAX) trail.shift();
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
}

/** Returns where the focus has been up to now, latest first. */
export function readFocusTrail(): HTMLElement[] {
  return trail.toReversed();
}
