import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useOptions } from '#app/components/use-options.ts';
import { HOUSINGS } from '#app/modules/customers/rules/customer-record.ts';
import type { CustomerValues } from '../form-values.ts';
import type { FormPartProps } from './form-part.ts';
import { InterestsField } from './interests-field.tsx';
import { NationalIdField } from './national-id-field.tsx';

const { DraftDate, DraftSelect, DraftText } = draftFields<CustomerValues>();

/** Dates and interests; sensitive fields only where the shop turned them on. */
export function PersonalCard({ draft, view }: FormPartProps) {
  const { t } = useTranslation();
  const { asksSensitive, asksWeddingDate } = view.rules;
  return (
    <FormCard title={t('customer_form.personal')}>
      <FormLayout.Group>
        <DraftDate name="birthDate" label={t('customer_detail.field.birthDate')} />
        {asksWeddingDate && <DraftDate name="weddingDate" label={t('customer_detail.field.weddingDate')} />}
      </FormLayout.Group>
      <InterestsField draft={draft} />
      {asksSensitive && <NationalIdField draft={draft} view={view} />}
      {asksSensitive && <Measures />}
      {asksSensitive && <HousingField />}
    </FormCard>
  );
}

function Measures() {
  const { t } = useTranslation();
  return (
    <FormLayout.Group condensed>
      <DraftText
        name="weight"
        label={t('customer_detail.field.weightGrams')}
        inputMode="decimal"
        suffix={t('customer_form.kilograms')}
      />
      <DraftText
        name="height"
        label={t('customer_detail.field.heightMm')}
        inputMode="decimal"
        suffix={t('customer_form.centimetres')}
      />
    </FormLayout.Group>
  );
}

function HousingField() {
  const { t } = useTranslation();
  const housings = useOptions(HOUSINGS, 'customer_detail.housing');
  return (
    <DraftSelect
      name="housing"
      label={t('customer_detail.field.housing')}
      options={[{ label: t('customer_form.not_said'), value: '' }, ...housings]}
    />
  );
}
