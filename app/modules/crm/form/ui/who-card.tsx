import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useOptions } from '#app/components/use-options.ts';
import { GENDERS } from '#app/modules/customers/rules/customer-record.ts';
import type { CustomerValues } from '../form-values.ts';

const { DraftSelect, DraftText } = draftFields<CustomerValues>();

/** Name and gender. */
export function WhoCard() {
  const { t } = useTranslation();
  const genders = useOptions(GENDERS, 'customer_detail.gender');
  return (
    <FormCard title={t('customer_form.who')}>
      <FormLayout.Group>
        <DraftText name="firstName" label={t('customer_form.first_name')} />
        <DraftText name="lastName" label={t('customer_form.last_name')} />
      </FormLayout.Group>
      <DraftSelect
        name="gender"
        label={t('customer_detail.field.gender')}
        options={[{ label: t('customer_form.not_said'), value: '' }, ...genders]}
      />
    </FormCard>
  );
}
