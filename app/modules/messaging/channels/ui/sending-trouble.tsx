import { Banner, BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { readablePhone } from '#app/lib/phone.ts';
import type { SendingTrouble } from '../sending-trouble.server.ts';

/** Says that messages wait for a person, and why. */
export function SendingTroubleBanner({ trouble: { pause, unregistered } }: { trouble: SendingTrouble }) {
  const { t } = useTranslation();
  return (
    <Banner
      tone={pause === null ? 'warning' : 'critical'}
      title={t('messaging.trouble.title')}
      action={{ content: t('messaging.trouble.to_settings'), url: '/app/settings/messaging' }}
    >
      <BlockStack gap="100">
        {pause !== null && <Text as="p">{t(`messaging.service.pause.${pause}`)}</Text>}
        {unregistered.map(({ address, code }) => (
          <Text as="p" key={address}>
            {t('messaging.senders.unregistered', { sender: readablePhone(address), code: String(code) })}
          </Text>
        ))}
      </BlockStack>
    </Banner>
  );
}
