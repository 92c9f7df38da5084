import { Banner, BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '#app/components/table.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFormat } from '#app/components/use-format.ts';
import { rulesOfCountry } from '../../limits/rules/countries.ts';
import { PaceDialog, shownAddress, type SenderView } from './pace-dialog.tsx';

interface SenderListProps {
  senders: readonly SenderView[];
  /** Nothing is sent with the account. */
  isPaused: boolean;
}

/** The numbers and names of the service, and what each can do. */
export function SenderList({ senders, isPaused }: SenderListProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [paced, setPaced] = useState<SenderView | null>(null);
  const regions = new Intl.DisplayNames(i18n.language, { type: 'region' });
  if (senders.length === 0) return <Banner tone="warning">{t('messaging.senders.none')}</Banner>;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('messaging.senders.title')}
      </Text>
      {senders.map((sender) => (
        <WaitingSender key={sender.address} sender={sender} isPaused={isPaused} />
      ))}
      <DataTable
        columnContentTypes={['text', 'text', 'text', 'text', 'text', 'numeric']}
        headings={[
          t('messaging.senders.address'),
          t('messaging.senders.kind'),
          t('messaging.senders.country'),
          t('messaging.senders.replies'),
          t('messaging.senders.links'),
          t('messaging.senders.pace'),
        ]}
        rows={senders.map((sender) => {
          const { address, kind, country, replies, perSecond } = sender;
          const shown = shownAddress(sender);
          return [
            <bdi key={address} dir="ltr">
              {shown}
            </bdi>,
            t(`messaging.senders.${kind}`),
            country === null ? t('messaging.senders.by_recipient') : regions.of(country),
            t(replies ? 'messaging.senders.takes_replies' : 'messaging.senders.no_replies'),
            country === null
              ? t('messaging.senders.by_recipient')
              : t(`countries.links.${rulesOfCountry(country).links}`),
            <InlineStack key={`pace ${address}`} gap="200" align="end" blockAlign="center">
              <span>{format.number(BigInt(perSecond))}</span>
              <Button
                variant="plain"
                accessibilityLabel={t('messaging.senders.change_pace_of', { sender: shown })}
                onClick={() => setPaced(sender)}
              >
                {t('messaging.senders.change_pace')}
              </Button>
            </InlineStack>,
          ];
        })}
      />
      {paced && <PaceDialog sender={paced} onClose={() => setPaced(null)} />}
    </BlockStack>
  );
}

/** A sender of which messages wait, and until when; nothing for any other. */
function WaitingSender({ sender, isPaused }: { sender: SenderView; isPaused: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const { address, fullUntil, unregisteredCode } = sender;
  return (
    <>
      {/* While nothing is sent, nothing is tried again then. */}
      {fullUntil !== null && !isPaused && (
        <Banner tone="info">
          {t('messaging.senders.full', {
            sender: shownAddress(sender),
            timestamp: format.timestamp(fullUntil),
          })}
        </Banner>
      )}
      {unregisteredCode !== null && (
        <Banner
          tone="warning"
          action={{
            content: t('messaging.senders.resume_us'),
            loading: action.isBusy,
            onAction: () =>
              action.act({ intent: 'resume_sender', address }, t('messaging.senders.resumed_us')),
          }}
        >
          {t('messaging.senders.unregistered', {
            sender: shownAddress(sender),
            code: String(unregisteredCode),
          })}
        </Banner>
      )}
    </>
  );
}
