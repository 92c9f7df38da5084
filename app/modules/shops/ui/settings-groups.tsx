import { FormLayout, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Section, type SectionProps } from './settings-section.tsx';

type GroupField = 'newCustomerDays' | 'regularDays' | 'lapsedOrders' | 'lapsedDays' | 'lifetimeMonths';

/** Who is new, regular or lapsed, and how long a customer is reckoned to stay (F22-F24). */
export function GroupsSection({ draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  const field = (id: GroupField) => ({
    id,
    label: t(`settings.groups.${id}`),
    inputMode: 'numeric' as const,
    value: draft.values[id],
    error: errorOf(id),
    autoComplete: 'off',
    onChange: (value: string) => draft.set(id, value),
  });
  const days = { suffix: t('units.days') };
  return (
    <Section title={t('settings.groups.title')} text={t('settings.groups.text')}>
      <FormLayout>
        <TextField {...field('newCustomerDays')} {...days} helpText={t('settings.groups.new_help')} />
        <TextField {...field('regularDays')} {...days} helpText={t('settings.groups.regular_help')} />
        <FormLayout.Group>
          <TextField {...field('lapsedOrders')} helpText={t('settings.groups.lapsed_orders_help')} />
          <TextField {...field('lapsedDays')} {...days} helpText={t('settings.groups.lapsed_days_help')} />
        </FormLayout.Group>
        <TextField
          {...field('lifetimeMonths')}
          suffix={t('settings.groups.months')}
          helpText={t('settings.groups.lifetime_help')}
        />
      </FormLayout>
    </Section>
  );
}
