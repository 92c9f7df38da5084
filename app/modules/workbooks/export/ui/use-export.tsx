import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportKind, ExportScope } from '../export-kinds.ts';
import type { StoredSelection } from '../export-selection.ts';
import { ExportDialog } from './export-dialog.tsx';
import type { ExportTarget } from './export-target.ts';

/** For screens with a list: opens the dialog that asks for a file of it. */
export function useExport() {
  const { t } = useTranslation();
  const [target, setTarget] = useState<ExportTarget | null>(null);
  return {
    openCustomers: ({ sent, words }: { sent: StoredSelection; words: string }, scope: ExportScope) =>
      setTarget({ kind: 'customers', scope, selection: sent, words }),
    /** `filter`: the address parameters of the list. */
    openList: (kind: Exclude<ExportKind, 'customers'>, filter: string) =>
      setTarget({
        kind,
        scope: kind !== 'campaign' && isFiltered(filter) ? 'search' : 'all',
        selection: { filter },
        words: t(`exports.list_name.${kind}`),
      }),
    dialog: target && <ExportDialog target={target} onClose={() => setTarget(null)} />,
  };
}

function isFiltered(filter: string): boolean {
  return [...new URLSearchParams(filter)].some(([, value]) => value !== '' && value !== 'all');
}
