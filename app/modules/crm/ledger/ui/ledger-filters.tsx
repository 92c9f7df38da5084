import { BlockStack, Button, InlineStack } from '@shopify/polaris';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '#app/components/day-field.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useOptions } from '#app/components/use-options.ts';
import { FormLayout, Select, TextField } from '#app/components/fields.tsx';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { wrongDays } from '#app/lib/typed-day.ts';
import { FILTER_KINDS, type LedgerFilter } from '../ledger-filter.ts';
import { ADJUST_REASONS } from '#app/modules/ledger/rules/adjustment.ts';
import { useActorName } from '../../ui/actor-name.ts';

/** The filters as a form holds them: empty text for none. */
type FilterValues = Record<Exclude<keyof LedgerFilter, 'customerId'>, string>;

function valuesOf({ customerId, ...filter }: LedgerFilter, customerName: string | null): FilterValues {
  const shown = { ...filter, customer: customerId === null ? filter.customer : customerName };
  return {
    customer: shown.customer ?? '',
    order: shown.order ?? '',
    kind: shown.kind ?? '',
    reason: shown.reason ?? '',
    unit: shown.unit ?? '',
    staff: shown.staff ?? '',
    from: shown.from ?? '',
    until: shown.until ?? '',
  };
}

interface LedgerFiltersProps {
  filter: LedgerFilter;
  /** What the customer who is filtered by is called. */
  customerName: string | null;
  staff: { actor: string; name: string }[];
  onApply: (params: URLSearchParams) => void;
}

/** All filters of the ledger; they act together when they are applied. */
export function LedgerFilters({ filter, customerName, staff, onApply }: LedgerFiltersProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState(() => valuesOf(filter, customerName));
  const [errors, setErrors] = useState<FieldErrors>({});
  const set = (field: keyof FilterValues) => (value: string) => {
    setErrors({});
    setValues((current) => ({ ...current, [field]: value }));
  };
  const apply = () => {
    const wrong = wrongDays({ from: values.from, until: values.until });
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const params = new URLSearchParams(Object.entries(values).filter(([, value]) => value.trim() !== ''));
    // The chosen customer stays chosen until another name is typed.
    if (filter.customerId !== null && values.customer === customerName) {
      params.delete('customer');
      params.set('customerId', String(filter.customerId));
    }
    onApply(params);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <BlockStack gap="300">
        <FilterFields values={values} errors={errors} set={set} staff={staff} />
        <InlineStack gap="200">
          <Button submit variant="primary">
            {t('ledger_page.filters.apply')}
          </Button>
          <Button onClick={() => onApply(new URLSearchParams())}>{t('ledger_page.filters.clear')}</Button>
        </InlineStack>
      </BlockStack>
    </form>
  );
}

interface FieldsProps {
  values: FilterValues;
  errors: FieldErrors;
  set: (field: keyof FilterValues) => (value: string) => void;
  staff: { actor: string; name: string }[];
}

function FilterFields({ values, errors, set, staff }: FieldsProps) {
  const { t } = useTranslation();
  const errorOf = useFieldErrorText(errors);
  const choices = useChoices({ values, set, staff });
  const field = (name: 'customer' | 'order' | 'from' | 'until') => ({
    label: t(`ledger_page.filters.${name}`),
    value: values[name],
    error: errorOf(name),
    onChange: set(name),
  });
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        <TextField {...field('customer')} helpText={t('ledger_page.filters.customer_help')} />
        <TextField {...field('order')} placeholder="#1001" />
      </FormLayout.Group>
      <FormLayout.Group condensed>
        <DayField {...field('from')} />
        <DayField {...field('until')} />
      </FormLayout.Group>
      <FormLayout.Group condensed>{choices}</FormLayout.Group>
    </FormLayout>
  );
}

/** A list and not a component: the layout puts each of its children beside the others. */
function useChoices({ values, set, staff }: Omit<FieldsProps, 'errors'>): ReactElement[] {
  const { t } = useTranslation();
  const actorName = useActorName(Object.fromEntries(staff.map(({ actor, name }) => [actor, name])));
  const kinds = useOptions(FILTER_KINDS, 'ledger_page.kinds');
  const reasons = useOptions(ADJUST_REASONS, 'adjust.reasons');
  const isKnown = staff.some(({ actor }) => actor === values.staff) || values.staff === '';
  const actors = isKnown ? staff : [...staff, { actor: values.staff, name: '' }];
  const choice = (
    name: 'kind' | 'reason' | 'unit' | 'staff',
    options: { value: string; label: string }[],
  ) => (
    <Select
      key={name}
      label={t(`ledger_page.filters.${name}`)}
      options={[{ value: '', label: t('ledger_page.filters.all') }, ...options]}
      value={values[name]}
      onChange={set(name)}
    />
  );
  return [
    choice('kind', kinds),
    choice('reason', reasons),
    choice('unit', [
      { value: 'POINTS', label: t('units.points_title') },
      { value: 'CREDIT', label: t('units.credit') },
    ]),
    choice(
      'staff',
      actors.map(({ actor }) => ({ value: actor, label: actorName({ actor, source: 'staff' }) })),
    ),
  ];
}
