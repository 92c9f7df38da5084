import { SaveBar } from '@shopify/app-bridge-react';
import { useTranslation } from 'react-i18next';
import { useUnsaved } from './unsaved.ts';

interface DraftSaveBarProps {
  draft: { isDirty: boolean; isSaving: boolean; save: () => void; discard: () => void };
}

/**
 * Shopify's contextual save bar, open while the form has unsaved changes. App Bridge presses these buttons; they
 * stand inside the form, where a button that does not say what it is would submit it, Discard too. Leaving the screen asks.
 */
export function DraftSaveBar({ draft }: DraftSaveBarProps) {
  const { t } = useTranslation();
  useUnsaved(draft.isDirty, 'save_bar');
  return (
    <SaveBar id="draft-save-bar" open={draft.isDirty}>
      <button type="button" variant="primary" onClick={draft.save} disabled={draft.isSaving}>
        {t('common.save')}
      </button>
      <button type="button" onClick={draft.discard} disabled={draft.isSaving}>
        {t('common.discard')}
      </button>
    </SaveBar>
  );
}
