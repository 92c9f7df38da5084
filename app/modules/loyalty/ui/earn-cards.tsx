import { BlockStack, Card, Checkbox, ChoiceList, FormLayout, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { currencyMark } from '#app/lib/format.ts';
import type { ProgramSectionProps } from './program-form.tsx';

/** The rule itself: for each so much money, so many points. */
export function EarnCard({ draft, errorOf }: ProgramSectionProps) {
  const { t, i18n } = useTranslation();
  const mark = currencyMark(useShop().currency, i18n.language);
  const { values, set } = draft;
  const isCredit = values.unit === 'CREDIT';
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('program.earn.title')}
        </Text>
        <FormLayout>
          <TextField
            id="name"
            label={t('program.earn.name')}
            helpText={t('program.earn.name_help')}
            value={values.name}
            error={errorOf('name')}
            maxLength={80}
            autoComplete="off"
            onChange={(value) => set('name', value)}
          />
          <ChoiceList
            title={t('program.earn.unit')}
            choices={[
              { label: t('program.earn.unit_points'), value: 'POINTS' },
              { label: t('program.earn.unit_credit'), value: 'CREDIT' },
            ]}
            selected={[values.unit]}
            onChange={([unit]) => set('unit', unit ?? 'POINTS')}
          />
          <FormLayout.Group>
            <TextField
              id="stepMinor"
              label={t('program.earn.step')}
              prefix={mark}
              inputMode="decimal"
              value={values.stepMinor}
              error={errorOf('stepMinor')}
              autoComplete="off"
              onChange={(value) => set('stepMinor', value)}
            />
            <TextField
              id="units"
              label={isCredit ? t('program.earn.units_credit') : t('program.earn.units_points')}
              {...(isCredit ? { prefix: mark } : { suffix: t('units.points_short') })}
              inputMode={isCredit ? 'decimal' : 'numeric'}
              value={values.units}
              error={errorOf('units')}
              autoComplete="off"
              onChange={(value) => set('units', value)}
            />
          </FormLayout.Group>
          <Checkbox
            label={t('program.earn.active')}
            helpText={t('program.earn.active_help')}
            checked={values.isActive}
            onChange={(isOn) => set('isActive', isOn)}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

/** From when earned points can be used, and until when; and from which day on orders earn. */
export function LifetimeCard({ draft, errorOf }: ProgramSectionProps) {
  const { t } = useTranslation();
  const { values, set } = draft;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('program.time.title')}
        </Text>
        <FormLayout>
          <TextField
            id="pendingDays"
            label={t('program.time.pending')}
            helpText={t('program.time.pending_help')}
            suffix={t('units.days')}
            inputMode="numeric"
            value={values.pendingDays}
            error={errorOf('pendingDays')}
            autoComplete="off"
            onChange={(value) => set('pendingDays', value)}
          />
          <ChoiceList
            title={t('program.time.lifetime')}
            choices={[
              { label: t('program.time.never'), value: 'never' },
              {
                label: t('program.time.after_days'),
                value: 'days',
                renderChildren: (isSelected) =>
                  isSelected && (
                    <TextField
                      id="lifetimeDays"
                      label={t('program.time.lifetime_days')}
                      helpText={t('program.time.lifetime_help')}
                      suffix={t('units.days')}
                      inputMode="numeric"
                      value={values.lifetimeDays}
                      error={errorOf('lifetimeDays')}
                      autoComplete="off"
                      onChange={(value) => set('lifetimeDays', value)}
                    />
                  ),
              },
            ]}
            selected={[values.lifetime]}
            onChange={([lifetime]) => set('lifetime', lifetime ?? 'never')}
          />
          <TextField
            id="startsOn"
            type="date"
            label={t('program.time.starts_on')}
            helpText={t('program.time.starts_on_help')}
            value={values.startsOn}
            error={errorOf('startsOn')}
            autoComplete="off"
            onChange={(value) => set('startsOn', value)}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

/** What of an order counts besides the goods. */
export function SwitchesCard({ draft }: ProgramSectionProps) {
  const { t } = useTranslation();
  const { values, set } = draft;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('program.counts.title')}
          </Text>
          <Text as="p" tone="subdued">
            {t('program.counts.text')}
          </Text>
        </BlockStack>
        <BlockStack gap="100">
          <Checkbox
            label={t('program.counts.tax')}
            checked={values.includeTax}
            onChange={(isOn) => set('includeTax', isOn)}
          />
          <Checkbox
            label={t('program.counts.shipping')}
            checked={values.includeShipping}
            onChange={(isOn) => set('includeShipping', isOn)}
          />
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
