import { Banner, Button, InlineStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { ProgramValues } from '../program-form.ts';
import type { ProgramScreenView } from '../program-screen.server.ts';
import { newValues, valuesOf } from '../program-values.ts';
import type { Program } from '../programs.server.ts';
import type { ProgramKind } from '../rules/program.ts';
import { BasicsCard } from './program-basics-card.tsx';
import { CountsCard } from './program-counts-card.tsx';
import { ProgramPreview } from './program-preview.tsx';
import { RuleCard } from './program-rule-card.tsx';
import { PeriodCard, UseCard } from './program-time-cards.tsx';
import { WhoCard } from './program-who-card.tsx';

export interface ProgramSectionProps {
  draft: ReturnType<typeof useDraft<ProgramValues>>;
  errorOf: (field: string) => string | false;
}

interface ProgramFormProps {
  kind: ProgramKind;
  /** Null for a new one. */
  program: Program | null;
  view: ProgramScreenView;
}

/** The form of one program with its preview beside it; one that has ended can be read and no more. */
export function ProgramForm({ kind, program, view }: ProgramFormProps) {
  const { t } = useTranslation();
  const draft = useDraft(useSavedValues(kind, program));
  const errorOf = useFieldErrorText(draft.errors);
  const section = { draft, errorOf };
  const isEnded = program?.status === 'ended';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEnded) draft.save();
      }}
    >
      {!isEnded && <DraftSaveBar draft={draft} />}
      <div className="stack">
        {draft.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
        {isEnded && <Banner tone="info">{t('programs.has_ended')}</Banner>}
        <fieldset className="bare-fieldset with-preview" disabled={isEnded} aria-label={t('programs.form')}>
          <BasicsCard {...section} isNew={program === null} />
          <RuleCard {...section} kind={kind} />
          {!isEnded && (
            <div className="with-preview-aside">
              <ProgramPreview values={draft.values} program={program} view={view} />
            </div>
          )}
          <WhoCard {...section} choices={view.choices} tiersActive={view.tiersActive} />
          <PeriodCard {...section} />
          <UseCard {...section} />
          <CountsCard {...section} kind={kind} />
        </fieldset>
        {/* The save bar opens with the first change; what a new program begins with may be right as it is. */}
        {program === null && (
          <InlineStack align="end">
            <Button submit variant="primary" loading={draft.isSaving}>
              {t('programs.create')}
            </Button>
          </InlineStack>
        )}
      </div>
      {program !== null && (
        <button type="submit" hidden tabIndex={-1}>
          {t('common.save')}
        </button>
      )}
    </form>
  );
}

/** The form's values for what is saved; a new program begins with a name that says its kind. */
function useSavedValues(kind: ProgramKind, program: Program | null): ProgramValues {
  const { t, i18n } = useTranslation();
  const { currency, timeZone } = useShop();
  const setting = { locale: i18n.language, currency, timeZone };
  return program ? valuesOf(program, setting) : newValues(kind, t(`programs.default_name.${kind}`), setting);
}
