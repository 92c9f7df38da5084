import { BlockStack, Card, Checkbox, ChoiceList, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { idsIn } from '../program-form.ts';
import type { Choice, ProgramChoices } from '../program-choices.server.ts';
import type { ProgramSectionProps } from './program-form.tsx';

interface WhoCardProps extends ProgramSectionProps {
  choices: ProgramChoices;
  tiersActive: boolean;
}

/** Whose orders earn: members, categories, tiers. */
export function WhoCard({ draft, errorOf, choices, tiersActive }: WhoCardProps) {
  const { t } = useTranslation();
  const { values, set } = draft;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('programs.who.title')}
        </Text>
        <Checkbox
          label={t('programs.who.members')}
          helpText={t('programs.who.members_help')}
          checked={values.membersOnly}
          onChange={(isOn) => set('membersOnly', isOn)}
        />
        <Chooser
          field="categories"
          idsField="categoryIds"
          title={t('programs.who.categories')}
          all={t('programs.who.all_categories')}
          some={t('programs.who.some_categories')}
          choices={choices.categories}
          draft={draft}
          errorOf={errorOf}
        />
        <Chooser
          field="tiers"
          idsField="tierIds"
          title={t('programs.who.tiers')}
          all={t('programs.who.all_tiers')}
          some={t('programs.who.some_tiers')}
          choices={choices.tiers}
          draft={draft}
          errorOf={errorOf}
        />
        {values.tiers === 'chosen' && !tiersActive && (
          <Text as="p" tone="caution">
            {t('programs.who.tiers_off')}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

interface ChooserProps extends ProgramSectionProps {
  field: 'categories' | 'tiers';
  idsField: 'categoryIds' | 'tierIds';
  title: string;
  all: string;
  some: string;
  choices: readonly Choice[];
}

/** All, or some of a list. */
function Chooser({ field, idsField, title, all, some, choices, draft, errorOf }: ChooserProps) {
  const { values, set } = draft;
  const error = errorOf(idsField);
  const list = (
    <div id={idsField} tabIndex={-1}>
      <ChoiceList
        title={some}
        titleHidden
        allowMultiple
        choices={choices.map(({ id, name }) => ({ label: name, value: String(id) }))}
        selected={idsIn(values[idsField])}
        {...(error ? { error } : {})}
        onChange={(ids) => set(idsField, JSON.stringify(ids))}
      />
    </div>
  );
  return (
    <ChoiceList
      title={title}
      choices={[
        { label: all, value: 'all' },
        { label: some, value: 'chosen', renderChildren: (isSelected) => isSelected && list },
      ]}
      selected={[values[field]]}
      onChange={([mode]) => set(field, mode ?? 'all')}
    />
  );
}
