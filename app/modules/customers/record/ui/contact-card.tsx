import { FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { FormPartProps } from './customer-form.tsx';
import { DuplicatesBanner } from './duplicates-banner.tsx';
import { FormCard } from './form-card.tsx';
import { FormText } from './form-text.tsx';

/** Phone and e-mail address, and who has them already. */
export function ContactCard({ draft, view, errorOf }: FormPartProps) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('customer_form.contact')}>
      <div>
        <FormLayout>
          <FormText
            draft={draft}
            errorOf={errorOf}
            field="phone"
            type="tel"
            label={t('customer_detail.field.phone')}
            helpText={t('customer_form.phone_help')}
          />
          <FormText
            draft={draft}
            errorOf={errorOf}
            field="email"
            type="email"
            label={t('customer_detail.field.email')}
          />
        </FormLayout>
        <DuplicatesBanner phone={draft.values.phone} email={draft.values.email} except={view.customerId} />
      </div>
    </FormCard>
  );
}
