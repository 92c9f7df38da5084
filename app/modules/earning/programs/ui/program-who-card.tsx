import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { draftFields } from '#app/components/draft-fields.tsx';
import { ChoiceList } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import { idsIn, type ProgramValues } from '../program-form.ts';
import type { Choice, ProgramChoices } from '../program-choices.server.ts';

const { DraftCheckbox, DraftChoice } = draftFields<ProgramValues>();

interface WhoCardProps {
  draft: Draft<ProgramValues>;
  choices: ProgramChoices;
  tiersActive: boolean;
}

/** Whose orders earn: members, categories, tiers. */
export function WhoCard({ draft, choices, tiersActive }: WhoCardProps) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('programs.who.title')}>
      <DraftCheckbox
        name="membersOnly"
        label={t('programs.who.members')}
        helpText={t('programs.who.members_help')}
      />
      <Chooser
        draft={draft}
        field="categories"
        idsField="categoryIds"
        title={t('programs.who.categories')}
        all={t('programs.who.all_categories')}
        some={t('programs.who.some_categories')}
        choices={choices.categories}
      />
      <Chooser
        draft={draft}
        field="tiers"
        idsField="tierIds"
        title={t('programs.who.tiers')}
        all={t('programs.who.all_tiers')}
        some={t('programs.who.some_tiers')}
        choices={choices.tiers}
      />
      {draft.values.tiers === 'chosen' && !tiersActive && (
        <Text as="p" tone="caution">
          {t('programs.who.tiers_off')}
        </Text>
      )}
    </FormCard>
  );
}

interface ChooserProps {
  draft: Draft<ProgramValues>;
  field: 'categories' | 'tiers';
  idsField: 'categoryIds' | 'tierIds';
  title: string;
  all: string;
  some: string;
  choices: readonly Choice[];
}

/** All, or some of a list. */
function Chooser({ draft, field, idsField, title, all, some, choices }: ChooserProps) {
  const error = useDraftContext().errorOf(idsField);
  const list = (
    <div id={idsField} tabIndex={-1}>
      <ChoiceList
        title={some}
        titleHidden
        allowMultiple
        choices={choices.map(({ id, name }) => ({ label: name, value: String(id) }))}
        selected={idsIn(draft.values[idsField])}
        {...(error ? { error } : {})}
        onChange={(ids) => draft.set(idsField, JSON.stringify(ids))}
      />
    </div>
  );
  return (
    <DraftChoice
      name={field}
      title={title}
      choices={[
        { value: 'all', label: all },
        { value: 'chosen', label: some, details: list },
      ]}
    />
  );
}
