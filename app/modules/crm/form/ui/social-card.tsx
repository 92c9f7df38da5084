import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { SOCIAL_NETWORKS } from '#app/modules/customers/rules/customer-record.ts';
import { socialField, type CustomerValues } from '../form-values.ts';

const { DraftText } = draftFields<CustomerValues>();

/** Accounts in social networks. */
export function SocialCard() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('customer_detail.field.social')}>
      <FormLayout.Group>
        {SOCIAL_NETWORKS.map((network) => (
          <DraftText
            key={network}
            name={socialField(network)}
            label={t(`customer_detail.social.${network}`)}
          />
        ))}
      </FormLayout.Group>
    </FormCard>
  );
}
