import { FormLayout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { SOCIAL_NETWORKS } from '../../rules/customer-record.ts';
import { socialField } from '../form-values.ts';
import type { FormPartProps } from './customer-form.tsx';
import { FormCard } from './form-card.tsx';
import { FormText } from './form-text.tsx';

/** Accounts in social networks. */
export function SocialCard({ draft, errorOf }: FormPartProps) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('customer_detail.field.social')}>
      <FormLayout>
        <FormLayout.Group>
          {SOCIAL_NETWORKS.map((network) => (
            <FormText
              key={network}
              draft={draft}
              errorOf={errorOf}
              field={socialField(network)}
              label={t(`customer_detail.social.${network}`)}
            />
          ))}
        </FormLayout.Group>
      </FormLayout>
    </FormCard>
  );
}
