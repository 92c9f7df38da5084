import { FormLayout, Select } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { GENDERS } from '../../rules/customer-record.ts';
import type { FormPartProps } from './customer-form.tsx';
import { FormCard } from './form-card.tsx';
import { FormText } from './form-text.tsx';

/** Name and gender. */
export function WhoCard({ draft, errorOf }: FormPartProps) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('customer_form.who')}>
      <FormLayout>
        <FormLayout.Group>
          <FormText draft={draft} errorOf={errorOf} field="firstName" label={t('customer_form.first_name')} />
          <FormText draft={draft} errorOf={errorOf} field="lastName" label={t('customer_form.last_name')} />
        </FormLayout.Group>
        <Select
          id="gender"
          label={t('customer_detail.field.gender')}
          options={[
            { label: t('customer_form.not_said'), value: '' },
            ...GENDERS.map((gender) => ({ label: t(`customer_detail.gender.${gender}`), value: gender })),
          ]}
          value={draft.values.gender}
          error={errorOf('gender')}
          onChange={(gender) => draft.set('gender', gender)}
        />
      </FormLayout>
    </FormCard>
  );
}
