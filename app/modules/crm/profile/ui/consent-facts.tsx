import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { useConsentSaid } from '../../form/ui/consent-said.ts';
import type { ProfileView } from '../profile-tab.server.ts';
import { Fact } from './fact.tsx';

/** Whether the customer may be written to, since when, and how staff know. */
export function ConsentFacts({ view }: { view: ProfileView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const saidOf = useConsentSaid();
  const { record } = view;
  const channels = [
    ['smsConsent', saidOf(view.smsConsentOn, view.smsConsentSource)],
    ['emailConsent', saidOf(view.emailConsentOn, view.emailConsentSource)],
  ] as const;
  return channels.map(([channel, said]) => (
    <Fact key={channel} name={t(`customer_detail.field.${channel}`)}>
      {t(`customer_detail.consent.${record[channel] ?? 'not_subscribed'}`)}
      {channel === 'smsConsent' && view.optedOutSince !== null && (
        <Text as="p" variant="bodySm" tone="critical">
          {t('customer_detail.consent.opted_out', { day: format.day(view.optedOutSince) })}
        </Text>
      )}
      {said !== null && (
        <Text as="p" variant="bodySm" tone="subdued">
          {said}
        </Text>
      )}
    </Fact>
  ));
}
