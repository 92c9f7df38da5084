import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftForm } from '#app/components/draft-form.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { readProgramForm, type ProgramValues } from '../program-form.ts';
import type { ProgramScreenView } from '../program-screen.server.ts';
import { newValues, valuesOf } from '../program-values.ts';
import type { Program } from '../programs.queries.server.ts';
import { addingUp } from '../../rules/adding-up.ts';
import type { ProgramKind } from '../../rules/program.ts';
import { BasicsCard } from './program-basics-card.tsx';
import { CountsCard } from './program-counts-card.tsx';
import { ProgramPreview } from './program-preview.tsx';
import { RuleCard } from './program-rule-card.tsx';
import { PeriodCard, UseCard } from './program-time-cards.tsx';
import { WhoCard } from './program-who-card.tsx';

interface ProgramFormProps {
  kind: ProgramKind;
  /** Null for a new one. */
  program: Program | null;
  view: ProgramScreenView;
}

/** The form of one program with its preview beside it; a program that has ended is read-only. */
export function ProgramForm({ kind, program, view }: ProgramFormProps) {
  const { t } = useTranslation();
  const draft = useDraft(useSavedValues(kind, program));
  const { values } = draft;
  const isEnded = program?.status === 'ended';
  // The save bar opens with the first change, but the defaults of a new program may be right as they are.
  const submit = program === null ? { submitLabel: t('programs.create') } : {};
  return (
    <DraftForm draft={draft} isReadOnly={isEnded} {...submit}>
      {isEnded && <Banner tone="info">{t('programs.has_ended')}</Banner>}
      <fieldset className="bare-fieldset with-preview" disabled={isEnded} aria-label={t('programs.form')}>
        <BasicsCard isNew={program === null} />
        <RuleCard draft={draft} kind={kind} />
        {!isEnded && <AddsUp values={values} program={program} view={view} />}
        {!isEnded && (
          <div className="with-preview-aside">
            <ProgramPreview values={values} program={program} view={view} />
          </div>
        )}
        <WhoCard draft={draft} choices={view.choices} tiersActive={view.tiersActive} />
        <PeriodCard />
        <UseCard />
        <CountsCard draft={draft} kind={kind} />
      </fieldset>
    </DraftForm>
  );
}

/** Programs of one kind are added to each other, which is easily forgotten of one that was made long ago. */
function AddsUp({
  values,
  program,
  view,
}: { values: ProgramValues } & Pick<ProgramFormProps, 'program' | 'view'>) {
  const { t, i18n } = useTranslation();
  const { currency, timeZone } = useShop();
  const read = readProgramForm(values, { locale: i18n.language, currency, timeZone });
  if (!read.ok) return null;
  const others = addingUp({ ...read.draft, programId: program?.programId ?? null }, view.rules.programs);
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name).join('”, “');
  return <Banner tone="info">{t('programs.adds_up', { names })}</Banner>;
}

/** The form's values for what is saved; a new program begins with a name that says its kind. */
function useSavedValues(kind: ProgramKind, program: Program | null): ProgramValues {
  const { t, i18n } = useTranslation();
  const { currency, timeZone } = useShop();
  const setting = { locale: i18n.language, currency, timeZone };
  return program ? valuesOf(program, setting) : newValues(kind, t(`programs.default_name.${kind}`), setting);
}
