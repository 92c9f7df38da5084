/** Input that isn't saved: forms say so, and `leave-guard.tsx` asks before it is lost. */
import { createContext, useContext, useEffect, useId } from 'react';

/** How a form shows that it isn't saved: with Shopify's save bar, which asks itself, or not at all. */
type Marked = 'save_bar' | 'nothing';
export type Unsaved = Map<string, Marked>;

export const UnsavedContext = createContext<Unsaved | null>(null);

/** State of a navigation that follows a save: nothing is lost by it. */
export const AFTER_SAVE = { isAfterSave: true };

/**
 * Says that a form has input that isn't saved. Until it is, the page's back arrow, links, the menu, the browser's Back
 * and a reload ask whether to leave. Does nothing outside `UnsavedProvider`.
 */
export function useUnsaved(isDirty: boolean, marked: Marked = 'nothing'): void {
  const unsaved = useContext(UnsavedContext);
  const id = useId();
  useEffect(() => {
    if (!isDirty || !unsaved) return undefined;
    unsaved.set(id, marked);
    return () => void unsaved.delete(id);
  }, [unsaved, id, isDirty, marked]);
}
