import { BlockStack, Card, Checkbox, ChoiceList, FormLayout, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ProgramSectionProps } from './program-form.tsx';

/** What the program is called and what it pays in. */
export function BasicsCard({ draft, errorOf, isNew }: ProgramSectionProps & { isNew: boolean }) {
  const { t } = useTranslation();
  const { values, set } = draft;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('programs.basics.title')}
        </Text>
        <FormLayout>
          <TextField
            id="name"
            label={t('programs.basics.name')}
            helpText={t('programs.basics.name_help')}
            value={values.name}
            error={errorOf('name')}
            maxLength={80}
            autoComplete="off"
            onChange={(value) => set('name', value)}
          />
          <ChoiceList
            title={t('programs.basics.unit')}
            choices={[
              { label: t('programs.basics.points'), value: 'POINTS' },
              { label: t('programs.basics.credit'), value: 'CREDIT' },
            ]}
            selected={[values.unit]}
            onChange={([unit]) => set('unit', unit ?? 'POINTS')}
          />
          {isNew && (
            <Checkbox
              label={t('programs.basics.paused')}
              helpText={t('programs.basics.paused_help')}
              checked={values.startPaused}
              onChange={(isOn) => set('startPaused', isOn)}
            />
          )}
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
