import { useEffect } from 'react';
import { readFocusTrail } from './focus-trail.ts';

const FRAMES_MAX = 60;

/**
 * Puts the focus back to where it was when a dialog opened. Is rendered before the dialog, whose own effects take the
 * focus.
 */
export function ReturnFocus({ isOpen }: { isOpen: boolean }) {
  useEffect(() => {
    if (!isOpen) return undefined;
    const before = readFocusTrail();
    return () => giveBack(before, FRAMES_MAX);
  }, [isOpen]);
  return null;
}

/** While the dialog fades out it still holds the focus. */
function giveBack(before: readonly HTMLElement[], framesLeft: number): void {
  requestAnimationFrame(() => {
    const opener = before.find((element) => element.isConnected && element.getClientRects().length > 0);
    // The dialog that was below it, if any, holds what had the focus.
    const dialog = [...document.querySelectorAll('[aria-modal="true"]')].at(-1);
    if (dialog !== undefined && !dialog.contains(opener ?? null)) {
      if (framesLeft > 0) giveBack(before, framesLeft - 1);
      return;
    }
    // A screen or a field may have taken the focus meanwhile.
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body) return;
    (opener ?? document.querySelector('main'))?.focus({ preventScroll: true });
  });
}
