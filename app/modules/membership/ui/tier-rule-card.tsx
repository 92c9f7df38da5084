import { BlockStack, Card, Checkbox, FormLayout, Select, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { MembershipSectionProps } from './membership-form.tsx';

/** Whether there are tiers, what they count and how long one is kept. */
export function TierRuleCard(props: MembershipSectionProps) {
  const { t } = useTranslation();
  const { values, set } = props.draft;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('membership.rule.title')}
          </Text>
          <Text as="p" tone="subdued">
            {t('membership.rule.text')}
          </Text>
        </BlockStack>
        <FormLayout>
          <Checkbox
            label={t('membership.rule.active')}
            checked={values.tiersActive}
            onChange={(isOn) => set('tiersActive', isOn)}
          />
          <MeasureFields {...props} />
          <KeepFields {...props} />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

function MeasureFields({ draft, errorOf }: MembershipSectionProps) {
  const { t } = useTranslation();
  const { values, set } = draft;
  return (
    <BlockStack gap="400">
      <FormLayout.Group>
        <Select
          id="measure"
          label={t('membership.rule.measure')}
          options={[
            { value: 'spend', label: t('membership.rule.spend') },
            { value: 'points', label: t('membership.rule.points') },
          ]}
          value={values.measure}
          error={errorOf('measure')}
          helpText={
            values.measure === 'points' ? t('membership.rule.points_help') : t('membership.rule.spend_help')
          }
          onChange={(value) => set('measure', value)}
        />
        <Select
          id="period"
          label={t('membership.rule.period')}
          options={[
            { value: 'rolling', label: t('membership.rule.rolling') },
            { value: 'calendar', label: t('membership.rule.calendar') },
          ]}
          value={values.period}
          error={errorOf('period')}
          onChange={(value) => set('period', value)}
        />
      </FormLayout.Group>
      {values.period === 'rolling' && (
        <DaysField
          draft={draft}
          errorOf={errorOf}
          field="periodDays"
          label={t('membership.rule.period_days')}
        />
      )}
    </BlockStack>
  );
}

function KeepFields({ draft, errorOf }: MembershipSectionProps) {
  const { t } = useTranslation();
  const { values, set } = draft;
  const periodHelp =
    values.period === 'calendar'
      ? t('membership.rule.keep_year_help')
      : t('membership.rule.keep_rolling_help');
  return (
    <BlockStack gap="400">
      <Select
        id="keep"
        label={t('membership.rule.keep')}
        options={[
          { value: 'none', label: t('membership.rule.keep_none') },
          { value: 'days', label: t('membership.rule.keep_days') },
          { value: 'period', label: t('membership.rule.keep_period') },
        ]}
        value={values.keep}
        error={errorOf('keep')}
        {...(values.keep === 'period' ? { helpText: periodHelp } : {})}
        onChange={(value) => set('keep', value)}
      />
      {values.keep === 'days' && (
        <DaysField draft={draft} errorOf={errorOf} field="keepDays" label={t('membership.rule.kept_for')} />
      )}
    </BlockStack>
  );
}

function DaysField({
  draft,
  errorOf,
  field,
  label,
}: MembershipSectionProps & { field: 'periodDays' | 'keepDays'; label: string }) {
  const { t } = useTranslation();
  return (
    <TextField
      id={field}
      label={label}
      inputMode="numeric"
      suffix={t('units.days')}
      value={draft.values[field]}
      error={errorOf(field)}
      autoComplete="off"
      onChange={(value) => draft.set(field, value)}
    />
  );
}
