import { BlockStack, Button, InlineStack } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '#app/components/day-field.tsx';
import { FormLayout, Select } from '#app/components/fields.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useOptions } from '#app/components/use-options.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { wrongDays } from '#app/lib/typed-day.ts';
import { HISTORY_STATUSES, type HistoryFilter } from '../history-filter.ts';
import type { HistoryView } from '../history-screen.server.ts';

type Chosen = Record<'status' | 'campaign' | 'staff' | 'from' | 'until', string>;

const NONE: Chosen = { status: '', campaign: '', staff: '', from: '', until: '' };

interface HistoryFiltersProps extends Pick<HistoryView, 'campaigns' | 'staff'> {
  filter: HistoryFilter;
  onApply: (chosen: Chosen) => void;
}

/** The filters beside the search; they act together when they are applied. */
export function HistoryFilters({ filter, campaigns, staff, onApply }: HistoryFiltersProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Chosen>(() => ({
    status: filter.status ?? '',
    campaign: filter.campaign === null ? '' : String(filter.campaign),
    staff: filter.staff ?? '',
    from: filter.from ?? '',
    until: filter.until ?? '',
  }));
  const statuses = useOptions(HISTORY_STATUSES, 'sms_history.status');
  const [errors, setErrors] = useState<FieldErrors>({});
  const errorOf = useFieldErrorText(errors);
  const apply = (chosen: Chosen) => {
    const wrong = wrongDays({ from: chosen.from, until: chosen.until });
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) onApply(chosen);
  };
  const field = (name: keyof Chosen) => ({
    label: t(`sms_history.filters.${name}`),
    value: values[name],
    error: errorOf(name),
    onChange: (value: string) => {
      setErrors({});
      setValues((current) => ({ ...current, [name]: value }));
    },
  });
  const all = { value: '', label: t('sms_history.filters.all') };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply(values);
      }}
    >
      <BlockStack gap="300">
        <FormLayout>
          <FormLayout.Group condensed>
            <Select {...field('status')} options={[all, ...statuses]} />
            <Select
              {...field('campaign')}
              options={[
                all,
                ...campaigns.map(({ campaignId, name }) => ({ value: String(campaignId), label: name })),
              ]}
            />
            <Select
              {...field('staff')}
              options={[all, ...staff.map(({ actor, name }) => ({ value: actor, label: name }))]}
            />
          </FormLayout.Group>
          <FormLayout.Group condensed>
            <DayField {...field('from')} />
            <DayField {...field('until')} />
          </FormLayout.Group>
        </FormLayout>
        <InlineStack gap="200">
          <Button submit variant="primary">
            {t('sms_history.filters.apply')}
          </Button>
          <Button onClick={() => apply(NONE)}>{t('sms_history.filters.clear')}</Button>
        </InlineStack>
      </BlockStack>
    </form>
  );
}
