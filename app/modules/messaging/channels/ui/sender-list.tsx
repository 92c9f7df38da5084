import { Banner, BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DataTable } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { readablePhone } from '#app/lib/phone.ts';
import type { ChannelScreenView } from '../channel-screen.server.ts';

type SenderView = NonNullable<ChannelScreenView['channel']>['senders'][number];

/** The numbers and names of the service, and what each can do. */
export function SenderList({ senders }: { senders: readonly SenderView[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (senders.length === 0) return <Banner tone="warning">{t('messaging.senders.none')}</Banner>;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('messaging.senders.title')}
      </Text>
      <DataTable
        columnContentTypes={['text', 'text', 'text', 'numeric']}
        headings={[
          t('messaging.senders.address'),
          t('messaging.senders.kind'),
          t('messaging.senders.replies'),
          t('messaging.senders.pace'),
        ]}
        rows={senders.map(({ address, kind, replies, perSecond }) => [
          <bdi key={address} dir="ltr">
            {kind === 'number' ? readablePhone(address) : address}
          </bdi>,
          t(`messaging.senders.${kind}`),
          t(replies ? 'messaging.senders.takes_replies' : 'messaging.senders.no_replies'),
          format.number(BigInt(perSecond)),
        ])}
      />
    </BlockStack>
  );
}
