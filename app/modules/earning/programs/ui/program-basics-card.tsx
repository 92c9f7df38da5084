import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { NAME_CHARACTERS_MAX, type ProgramValues } from '../program-form.ts';

const { DraftCheckbox, DraftChoice, DraftText } = draftFields<ProgramValues>();

/** What the program is called and what it pays in. */
export function BasicsCard({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('programs.basics.title')}>
      <DraftText
        name="name"
        label={t('programs.basics.name')}
        helpText={t('programs.basics.name_help')}
        maxLength={NAME_CHARACTERS_MAX}
      />
      <DraftChoice
        name="unit"
        title={t('programs.basics.unit')}
        choices={[
          { value: 'POINTS', label: t('programs.basics.points') },
          { value: 'CREDIT', label: t('programs.basics.credit') },
        ]}
      />
      {isNew && (
        <DraftCheckbox
          name="startPaused"
          label={t('programs.basics.paused')}
          helpText={t('programs.basics.paused_help')}
        />
      )}
    </FormCard>
  );
}
