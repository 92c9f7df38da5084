import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import type { CustomerValues } from '../form-values.ts';
import type { FormPartProps } from './form-part.ts';
import { DuplicatesBanner } from './duplicates-banner.tsx';

const { DraftText } = draftFields<CustomerValues>();

/** Phone number and email address, and which customers have them already. */
export function ContactCard({ draft, view }: FormPartProps) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('customer_form.contact')}>
      {/* The banner is always there for screen readers, so it must not take a gap of its own. */}
      <div>
        <FormLayout>
          <DraftText
            name="phone"
            type="tel"
            label={t('customer_detail.field.phone')}
            helpText={t('customer_form.phone_help')}
          />
          <DraftText name="email" type="email" label={t('customer_detail.field.email')} />
        </FormLayout>
        <DuplicatesBanner phone={draft.values.phone} email={draft.values.email} except={view.customerId} />
      </div>
    </FormCard>
  );
}
