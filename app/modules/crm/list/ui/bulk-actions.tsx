/** What staff can do with many customers at once; each subject adds its own. */
import type { ReactNode } from 'react';
import { useBulkTags } from '#app/modules/tags/ui/bulk-tags.tsx';

/** As the server's `readSelection` takes it. */
export type SentSelection = { ids: string[] } | { filter: string };

export interface BulkSelection {
  sent: SentSelection;
  /** "3 customers", "More than 10,000 customers". */
  words: string;
}

export interface BulkAction {
  id: string;
  content: string;
  onAction: () => void;
}

export interface BulkActions {
  actions: BulkAction[];
  /** Their dialogs. */
  dialogs: ReactNode;
}

/** The actions for a selection; `onDone` unticks everything. */
export function useBulkActions(selection: BulkSelection, onDone: () => void): BulkActions {
  return useBulkTags(selection, onDone);
}
