import { FormLayout, Select } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { HOUSINGS } from '../../rules/customer-record.ts';
import type { FormPartProps } from './customer-form.tsx';
import { FormCard } from './form-card.tsx';
import { FormText } from './form-text.tsx';
import { InterestsField } from './interests-field.tsx';
import { NationalIdField } from './national-id-field.tsx';

/** Dates and interests; what is sensitive only where the shop switched it on. */
export function PersonalCard(part: FormPartProps) {
  const { draft, view, errorOf } = part;
  const { t } = useTranslation();
  const { asksSensitive, asksWeddingDate } = view.rules;
  const text = { draft, errorOf };
  return (
    <FormCard title={t('customer_form.personal')}>
      <FormLayout>
        <FormLayout.Group>
          <FormText {...text} field="birthDate" type="date" label={t('customer_detail.field.birthDate')} />
          {asksWeddingDate && (
            <FormText
              {...text}
              field="weddingDate"
              type="date"
              label={t('customer_detail.field.weddingDate')}
            />
          )}
        </FormLayout.Group>
        <InterestsField {...part} />
        {asksSensitive && <NationalIdField {...part} />}
        {asksSensitive && <Measures {...part} />}
        {asksSensitive && <HousingField {...part} />}
      </FormLayout>
    </FormCard>
  );
}

function Measures({ draft, errorOf }: FormPartProps) {
  const { t } = useTranslation();
  const text = { draft, errorOf };
  return (
    <FormLayout.Group condensed>
      <FormText
        {...text}
        field="weight"
        label={t('customer_detail.field.weightGrams')}
        inputMode="decimal"
        suffix={t('customer_form.kilograms')}
      />
      <FormText
        {...text}
        field="height"
        label={t('customer_detail.field.heightMm')}
        inputMode="decimal"
        suffix={t('customer_form.centimetres')}
      />
    </FormLayout.Group>
  );
}

function HousingField({ draft, errorOf }: FormPartProps) {
  const { t } = useTranslation();
  return (
    <Select
      id="housing"
      label={t('customer_detail.field.housing')}
      options={[
        { label: t('customer_form.not_said'), value: '' },
        ...HOUSINGS.map((housing) => ({ label: t(`customer_detail.housing.${housing}`), value: housing })),
      ]}
      value={draft.values.housing}
      error={errorOf('housing')}
      onChange={(housing) => draft.set('housing', housing)}
    />
  );
}
