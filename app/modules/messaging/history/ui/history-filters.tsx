import { BlockStack, Button, InlineStack } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormLayout, Select, TextField } from '#app/components/fields.tsx';
import { useOptions } from '#app/components/use-options.ts';
import { HISTORY_STATUSES, historyParams, type HistoryFilter } from '../history-filter.ts';
import type { HistoryView } from '../history-screen.server.ts';

type Chosen = Record<'status' | 'campaign' | 'staff' | 'from' | 'until', string>;

interface HistoryFiltersProps extends Pick<HistoryView, 'campaigns' | 'staff'> {
  filter: HistoryFilter;
  onApply: (params: URLSearchParams) => void;
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
  const apply = (chosen: Partial<Chosen>) => {
    const params = historyParams({
      ...filter,
      status: null,
      campaign: null,
      staff: null,
      from: null,
      until: null,
    });
    for (const [name, value] of Object.entries(chosen)) if (value !== '') params.set(name, value);
    onApply(params);
  };
  const field = (name: keyof Chosen) => ({
    label: t(`sms_history.filters.${name}`),
    value: values[name],
    onChange: (value: string) => setValues((current) => ({ ...current, [name]: value })),
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
            <TextField {...field('from')} type="date" />
            <TextField {...field('until')} type="date" />
          </FormLayout.Group>
        </FormLayout>
        <InlineStack gap="200">
          <Button submit variant="primary">
            {t('sms_history.filters.apply')}
          </Button>
          <Button onClick={() => apply({})}>{t('sms_history.filters.clear')}</Button>
        </InlineStack>
      </BlockStack>
    </form>
  );
}
