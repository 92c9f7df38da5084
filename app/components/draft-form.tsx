import { Banner, Button, InlineStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CostDialog } from './cost-dialog.tsx';
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
  /** Label of a button below the fields, only for a form that can be saved as it opens or goes on from here. */
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
          {draft.theirs && <ConflictBanner draft={draft} />}
          {formError !== false && !draft.theirs && (
            <Banner tone="critical" {...(errorTitle === undefined ? {} : { title: errorTitle })}>
              {formError}
            </Banner>
          )}
          {children}
          {submitLabel !== undefined && (
            <div className="loose">
              <InlineStack align="end">
                <Button submit variant="primary" loading={draft.isSaving}>
                  {submitLabel}
                </Button>
              </InlineStack>
            </div>
          )}
        </div>
        {/* Enter in a field presses the form's first submit button. */}
        {submitLabel === undefined && (
          <button type="submit" hidden tabIndex={-1}>
            {t('common.save')}
          </button>
        )}
      </form>
      {/* Outside the form: Enter in the dialog answers the question. */}
      {draft.question && (
        <CostDialog question={draft.question} isBusy={draft.isSaving} onAnswer={draft.answer} />
      )}
    </DraftContext.Provider>
  );
}

/** What was typed stays; it is saved over what the other person saved, or given up for it. */
function ConflictBanner({ draft }: { draft: AnyDraft }) {
  const { t } = useTranslation();
  const isOfSameFields = Object.keys(draft.theirs ?? {}).length > 0;
  return (
    <Banner
      tone="warning"
      title={t('errors.conflict.title')}
      action={{ content: t('errors.conflict.save_mine'), loading: draft.isSaving, onAction: draft.save }}
      secondaryAction={{ content: t('errors.conflict.take_theirs'), onAction: draft.discard }}
    >
      <Text as="p">
        {isOfSameFields ? t('errors.conflict.same_fields') : t('errors.conflict.other_fields')}
      </Text>
    </Banner>
  );
}
