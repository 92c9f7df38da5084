import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import type { ProgramValues } from '../program-form.ts';

const { DraftChoice, DraftDate, DraftDays } = draftFields<ProgramValues>();

/** Which days' orders earn. */
export function PeriodCard() {
  const { t } = useTranslation();
  const { timeZone } = useShop();
  const dates = (
    <FormLayout>
      <FormLayout.Group>
        <DraftDate name="startsOn" label={t('programs.when.starts_on')} />
        <DraftDate name="endsOn" label={t('programs.when.ends_on')} />
      </FormLayout.Group>
      <Text as="p" tone="subdued">
        {t('programs.when.zone', { zone: timeZone })}
      </Text>
    </FormLayout>
  );
  return (
    <FormCard title={t('programs.when.title')}>
      <DraftChoice
        name="period"
        title={t('programs.when.days')}
        choices={[
          { value: 'always', label: t('programs.when.always') },
          { value: 'range', label: t('programs.when.range'), details: dates },
        ]}
      />
      <DraftChoice
        name="earnAt"
        title={t('programs.when.earn_at')}
        choices={[
          { value: 'paid', label: t('programs.when.paid'), helpText: t('programs.when.paid_help') },
          {
            value: 'fulfilled',
            label: t('programs.when.fulfilled'),
            helpText: t('programs.when.fulfilled_help'),
          },
        ]}
      />
    </FormCard>
  );
}

/** When what was earned can be used, and when it expires. */
export function UseCard() {
  const { t } = useTranslation();
  const lifetime = (
    <DraftDays
      name="lifetimeDays"
      label={t('programs.use.lifetime_days')}
      helpText={t('programs.use.lifetime_help')}
    />
  );
  return (
    <FormCard title={t('programs.use.title')}>
      <DraftDays
        name="pendingDays"
        label={t('programs.use.pending')}
        helpText={t('programs.use.pending_help')}
      />
      <DraftChoice
        name="lifetime"
        title={t('programs.use.lifetime')}
        choices={[
          { value: 'never', label: t('programs.use.never') },
          { value: 'days', label: t('programs.use.after_days'), details: lifetime },
        ]}
      />
    </FormCard>
  );
}
