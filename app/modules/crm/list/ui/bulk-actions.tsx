/** What staff can do with many customers at once; each subject adds its own. */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBulkSms } from '#app/modules/messaging/campaigns/ui/use-bulk-sms.ts';
import type { BulkSelection } from './bulk-selection.ts';
import { BulkPercent } from './bulk-percent.tsx';
import { useBulkTags } from '#app/modules/tags/ui/bulk-tags.tsx';

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
  const [isPercentOpen, setIsPercentOpen] = useState(false);
  const close = () => setIsPercentOpen(false);
  return {
    actions: [
      ...actions,
      sms,
      { id: 'percent', content: t('pricing.percent.action'), onAction: () => setIsPercentOpen(true) },
      { id: 'export', content: t('exports.action'), onAction: onExport },
    ],
    dialogs: (
      <>
        {dialogs}
        {isPercentOpen && (
          <BulkPercent
            selection={selection}
            onClose={close}
            onDone={() => {
              close();
              onDone();
            }}
          />
        )}
      </>
    ),
  };
}
