import { Banner, Button, InlineStack } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftContext } from './draft-context.ts';
import { DraftSaveBar } from './draft-save-bar.tsx';
import type { AnyDraft } from './use-draft.ts';
import { useFieldErrorText } from './use-field-errors.ts';

interface DraftFormProps {
  draft: AnyDraft;
  /** Nothing can be saved. */
  isReadOnly?: boolean;
  /** Enter saves changes only: in a form that also has a field to search with. */
  onlyChanges?: boolean;
  /** Heads the error that belongs to no field. */
  errorTitle?: string;
  /** Label of a save button below the fields, for a form that can be saved as it opens. */
  submitLabel?: string;
  children: ReactNode;
}

/**
 * A form over a draft: the save bar, what is wrong with the form as a whole, and saving with Enter. The fields in it
 * (draft-fields.tsx) find the draft by themselves.
 */
export function DraftForm({
  draft,
  isReadOnly,
  onlyChanges,
  errorTitle,
  submitLabel,
  children,
}: DraftFormProps) {
  const { t } = useTranslation();
  const errorOf = useFieldErrorText(draft.errors);
  const formError = errorOf('form');
  return (
    <DraftContext.Provider value={{ draft, errorOf }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReadOnly && (draft.isDirty || !onlyChanges)) draft.save();
        }}
      >
        {!isReadOnly && <DraftSaveBar draft={draft} />}
        <div className="stack">
          {formError !== false && (
            <Banner tone="critical" {...(errorTitle === undefined ? {} : { title: errorTitle })}>
              {formError}
            </Banner>
          )}
          {children}
          {submitLabel !== undefined && (
            <InlineStack align="end">
              <Button submit variant="primary" loading={draft.isSaving}>
                {submitLabel}
              </Button>
            </InlineStack>
          )}
        </div>
        {/* Enter in a field presses the form's first submit button. */}
        {submitLabel === undefined && (
          <button type="submit" hidden tabIndex={-1}>
            {t('common.save')}
          </button>
        )}
      </form>
    </DraftContext.Provider>
  );
}
