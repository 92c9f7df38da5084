import { BlockStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import type { MembershipValues } from '../membership-form.ts';

const { DraftCheckbox, DraftDays, DraftSelect } = draftFields<MembershipValues>();

/** Whether there are tiers, what they count and how long one is kept. */
export function TierRuleCard({ values }: { values: MembershipValues }) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('membership.rule.title')} text={t('membership.rule.text')}>
      <DraftCheckbox name="tiersActive" label={t('membership.rule.active')} />
      <MeasureFields values={values} />
      <KeepFields values={values} />
    </FormCard>
  );
}

function MeasureFields({ values }: { values: MembershipValues }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="400">
      <FormLayout.Group>
        <DraftSelect
          name="measure"
          label={t('membership.rule.measure')}
          options={[
            { value: 'spend', label: t('membership.rule.spend') },
            { value: 'points', label: t('membership.rule.points') },
          ]}
          helpText={
            values.measure === 'points' ? t('membership.rule.points_help') : t('membership.rule.spend_help')
          }
        />
        <DraftSelect
          name="period"
          label={t('membership.rule.period')}
          options={[
            { value: 'rolling', label: t('membership.rule.rolling') },
            { value: 'calendar', label: t('membership.rule.calendar') },
          ]}
        />
      </FormLayout.Group>
      {values.period === 'rolling' && (
        <DraftDays name="periodDays" label={t('membership.rule.period_days')} />
      )}
    </BlockStack>
  );
}

function KeepFields({ values }: { values: MembershipValues }) {
  const { t } = useTranslation();
  const periodHelp =
    values.period === 'calendar'
      ? t('membership.rule.keep_year_help')
      : t('membership.rule.keep_rolling_help');
  return (
    <BlockStack gap="400">
      <DraftSelect
        name="keep"
        label={t('membership.rule.keep')}
        options={[
          { value: 'none', label: t('membership.rule.keep_none') },
          { value: 'days', label: t('membership.rule.keep_days') },
          { value: 'period', label: t('membership.rule.keep_period') },
        ]}
        helpText={values.keep === 'period' ? periodHelp : undefined}
      />
      {values.keep === 'days' && <DraftDays name="keepDays" label={t('membership.rule.kept_for')} />}
    </BlockStack>
  );
}
