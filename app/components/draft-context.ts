import { createContext, useContext } from 'react';
import type { AnyDraft } from './use-draft.ts';

interface DraftContextValue {
  draft: Pick<AnyDraft, 'values' | 'set'> & Partial<Pick<AnyDraft, 'theirs'>>;
  /** The text of what is wrong with a field, or false. */
  errorOf: (field: string) => string | false;
}

/** The draft of the form around a field. `DraftForm` sets it; so can a form that saves in its own way. */
export const DraftContext = createContext<DraftContextValue | null>(null);

/**
 * The draft of the form around this component.
 * @throws outside `DraftForm`
 */
export function useDraftContext(): DraftContextValue {
  const context = useContext(DraftContext);
  if (!context) throw new Error('useDraftContext needs a DraftForm above it');
  return context;
}
