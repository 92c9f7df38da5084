import { BlockStack, Card, ChoiceList, FormLayout, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import type { ProgramSectionProps } from './program-form.tsx';

/** Orders of which days earn. */
export function PeriodCard({ draft, errorOf }: ProgramSectionProps) {
  const { t } = useTranslation();
  const { timeZone } = useShop();
  const { values, set } = draft;
  const dates = (
    <FormLayout>
      <FormLayout.Group>
        <TextField
          id="startsOn"
          type="date"
          label={t('programs.when.starts_on')}
          value={values.startsOn}
          error={errorOf('startsOn')}
          autoComplete="off"
          onChange={(value) => set('startsOn', value)}
        />
        <TextField
          id="endsOn"
          type="date"
          label={t('programs.when.ends_on')}
          value={values.endsOn}
          error={errorOf('endsOn')}
          autoComplete="off"
          onChange={(value) => set('endsOn', value)}
        />
      </FormLayout.Group>
      <Text as="p" tone="subdued">
        {t('programs.when.zone', { zone: timeZone })}
      </Text>
    </FormLayout>
  );
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('programs.when.title')}
        </Text>
        <ChoiceList
          title={t('programs.when.days')}
          choices={[
            { label: t('programs.when.always'), value: 'always' },
            {
              label: t('programs.when.range'),
              value: 'range',
              renderChildren: (isSelected) => isSelected && dates,
            },
          ]}
          selected={[values.period]}
          onChange={([period]) => set('period', period ?? 'always')}
        />
        <ChoiceList
          title={t('programs.when.earn_at')}
          choices={[
            { label: t('programs.when.paid'), value: 'paid', helpText: t('programs.when.paid_help') },
            {
              label: t('programs.when.fulfilled'),
              value: 'fulfilled',
              helpText: t('programs.when.fulfilled_help'),
            },
          ]}
          selected={[values.earnAt]}
          onChange={([earnAt]) => set('earnAt', earnAt ?? 'paid')}
        />
      </BlockStack>
    </Card>
  );
}

/** From when what was earned can be used, and until when. */
export function UseCard({ draft, errorOf }: ProgramSectionProps) {
  const { t } = useTranslation();
  const { values, set } = draft;
  const lifetime = (
    <TextField
      id="lifetimeDays"
      label={t('programs.use.lifetime_days')}
      helpText={t('programs.use.lifetime_help')}
      suffix={t('units.days')}
      inputMode="numeric"
      value={values.lifetimeDays}
      error={errorOf('lifetimeDays')}
      autoComplete="off"
      onChange={(value) => set('lifetimeDays', value)}
    />
  );
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('programs.use.title')}
        </Text>
        <FormLayout>
          <TextField
            id="pendingDays"
            label={t('programs.use.pending')}
            helpText={t('programs.use.pending_help')}
            suffix={t('units.days')}
            inputMode="numeric"
            value={values.pendingDays}
            error={errorOf('pendingDays')}
            autoComplete="off"
            onChange={(value) => set('pendingDays', value)}
          />
          <ChoiceList
            title={t('programs.use.lifetime')}
            choices={[
              { label: t('programs.use.never'), value: 'never' },
              {
                label: t('programs.use.after_days'),
                value: 'days',
                renderChildren: (isSelected) => isSelected && lifetime,
              },
            ]}
            selected={[values.lifetime]}
            onChange={([mode]) => set('lifetime', mode ?? 'never')}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
