/** What staff can do with many customers at once; each subject adds its own. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBulkSms } from '#app/modules/messaging/campaigns/ui/use-bulk-sms.ts';
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

/** What an exported selection is called. */
export type ExportedScope = 'all' | 'search' | 'segment' | 'ticked';

/** Asks for a file of a selection; the screen that shows the list knows how. */
export type OnExport = (selection: BulkSelection, scope: ExportedScope) => void;

/** The actions for a selection; `onDone` unticks everything. */
export function useBulkActions(
  selection: BulkSelection,
  onDone: () => void,
  onExport: () => void,
): BulkActions {
  const { t } = useTranslation();
  const { actions, dialogs } = useBulkTags(selection, onDone);
  const sms = useBulkSms(selection);
  return {
    actions: [...actions, sms, { id: 'export', content: t('exports.action'), onAction: onExport }],
    dialogs,
  };
}
