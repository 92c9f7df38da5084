import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import type { SettingsValues } from './settings-values.ts';

const { DraftDays, DraftNumber } = draftFields<SettingsValues>();

/** When a customer counts as new, regular or lapsed, and how long one is expected to stay (F22-F24). */
export function GroupsSection() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('settings.groups.title')} text={t('settings.groups.text')}>
      <DraftDays
        name="newCustomerDays"
        label={t('settings.groups.newCustomerDays')}
        helpText={t('settings.groups.new_help')}
      />
      <DraftDays
        name="regularDays"
        label={t('settings.groups.regularDays')}
        helpText={t('settings.groups.regular_help')}
      />
      <FormLayout.Group>
        <DraftNumber
          name="lapsedOrders"
          label={t('settings.groups.lapsedOrders')}
          helpText={t('settings.groups.lapsed_orders_help')}
        />
        <DraftDays
          name="lapsedDays"
          label={t('settings.groups.lapsedDays')}
          helpText={t('settings.groups.lapsed_days_help')}
        />
      </FormLayout.Group>
      <DraftNumber
        name="lifetimeMonths"
        label={t('settings.groups.lifetimeMonths')}
        suffix={t('settings.groups.months')}
        helpText={t('settings.groups.lifetime_help')}
      />
    </FormCard>
  );
}
