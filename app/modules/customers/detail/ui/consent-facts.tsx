import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { ProfileView } from '../profile-tab.server.ts';
import { Fact } from './fact.tsx';

/** Whether the customer may be written to, and since when. */
export function ConsentFacts({ view }: { view: ProfileView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { record, smsConsentAt, smsConsentSource } = view;
  const said = [
    ...(smsConsentAt === null ? [] : [format.day(smsConsentAt)]),
    ...(smsConsentSource === null ? [] : [smsConsentSource]),
  ].join(' · ');
  return (
    <>
      <Fact name={t('customer_detail.field.smsConsent')}>
        {t(`customer_detail.consent.${record.smsConsent ?? 'not_subscribed'}`)}
        {said !== '' && (
          <Text as="p" variant="bodySm" tone="subdued">
            {said}
          </Text>
        )}
      </Fact>
      <Fact name={t('customer_detail.field.emailConsent')}>
        {t(`customer_detail.consent.${record.emailConsent ?? 'not_subscribed'}`)}
      </Fact>
    </>
  );
}
