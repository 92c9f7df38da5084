/** What staff can do with many customers at once; each subject adds its own. */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBulkSms } from '#app/modules/messaging/campaigns/ui/use-bulk-sms.ts';
import type { BulkSelection } from './bulk-selection.ts';
import { BulkInvite } from './bulk-invite.tsx';
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
  const [open, setOpen] = useState<'percent' | 'invite' | null>(null);
  const close = () => setOpen(null);
  const end = () => {
    close();
    onDone();
  };
  return {
    actions: [
      ...actions,
      sms,
      { id: 'percent', content: t('pricing.percent.action'), onAction: () => setOpen('percent') },
      { id: 'invite', content: t('invitations.action'), onAction: () => setOpen('invite') },
      { id: 'export', content: t('exports.action'), onAction: onExport },
    ],
    dialogs: (
      <>
        {dialogs}
        {open === 'percent' && <BulkPercent selection={selection} onClose={close} onDone={end} />}
        {open === 'invite' && <BulkInvite selection={selection} onClose={close} onDone={end} />}
      </>
    ),
  };
}
