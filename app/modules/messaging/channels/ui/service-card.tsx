import { Badge, Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { copyText } from '#app/components/copy-text.ts';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { ChannelScreenView } from '../channel-screen.server.ts';
import { SenderList } from './sender-list.tsx';

type ChannelView = NonNullable<ChannelScreenView['channel']>;

/** What the service says of itself, and whether it is as it must be. */
export function ServiceCard({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const test = useAction();
  const isWorking = channel.problem === null;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <CardTitle>{t('messaging.service.title')}</CardTitle>
            <State channel={channel} />
          </InlineStack>
          <InlineStack gap="200">
            <Button
              loading={test.isBusy}
              onClick={() => test.act({ intent: 'test' }, t('messaging.service.tested_now'))}
            >
              {t('messaging.service.test')}
            </Button>
            <Disconnect />
          </InlineStack>
        </InlineStack>
        <Text as="p" tone="subdued">
          {t('messaging.service.tested', {
            name: channel.serviceName,
            timestamp: format.timestamp(channel.testedAt),
          })}
        </Text>
        {channel.problem !== null && (
          <Banner tone="critical">{t(`messaging.service.problem.${channel.problem}`)}</Banner>
        )}
        <Paused channel={channel} />
        {isWorking && <SetUp channel={channel} />}
        <SenderList senders={channel.senders} isPaused={channel.pause !== null} />
        <Address address={channel.inboundAddress} />
      </BlockStack>
    </Card>
  );
}

function State({ channel: { problem, pause } }: { channel: ChannelView }) {
  const { t } = useTranslation();
  if (problem !== null) return <Badge tone="critical">{t('messaging.service.fails')}</Badge>;
  if (pause !== null) return <Badge tone="critical">{t('messaging.service.paused')}</Badge>;
  return <Badge tone="success">{t('messaging.service.works')}</Badge>;
}

/** Why nothing is sent, with the button that tries it again. */
function Paused({ channel: { pause, pausedAt, problem } }: { channel: ChannelView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  if (pause === null || pausedAt === null) return null;
  return (
    <Banner
      tone="critical"
      title={t('messaging.service.pause_title', { timestamp: format.timestamp(pausedAt) })}
      action={{
        content: t('messaging.service.resume'),
        loading: action.isBusy,
        onAction: () => action.act({ intent: 'resume' }, t('messaging.service.resumed')),
      }}
    >
      <BlockStack gap="100">
        {/* The banner above says it already. */}
        {pause !== problem && <Text as="p">{t(`messaging.service.pause.${pause}`)}</Text>}
        <Text as="p">{t('messaging.service.pause_waits')}</Text>
      </BlockStack>
    </Banner>
  );
}

/** What keeps replies from reaching us, or changes texts, with the button that mends it. */
function SetUp({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation();
  const action = useAction();
  if (channel.isInboundOurs && channel.isTextUnchanged) return null;
  return (
    <Banner
      tone="warning"
      title={t('messaging.service.set_up_title')}
      action={{
        content: t('messaging.service.set_up'),
        loading: action.isBusy,
        onAction: () => action.act({ intent: 'set_up' }, t('messaging.service.set_up_done')),
      }}
    >
      <BlockStack gap="100">
        {!channel.isInboundOurs && <Text as="p">{t('messaging.service.not_inbound')}</Text>}
        {!channel.isTextUnchanged && <Text as="p">{t('messaging.service.smart_encoding')}</Text>}
      </BlockStack>
    </Banner>
  );
}

function Address({ address }: { address: string }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const copy = async () => {
    if (await copyText(address)) shopify.toast.show(t('messaging.service.copied'));
  };
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {t('messaging.service.address')}
      </Text>
      <InlineStack gap="200" blockAlign="center">
        <Text as="span" tone="subdued" breakWord>
          <bdi dir="ltr">{address}</bdi>
        </Text>
        <Button variant="plain" onClick={() => void copy()}>
          {t('messaging.service.copy')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

function Disconnect() {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <Button tone="critical" variant="tertiary" onClick={() => setAsked(true)}>
        {t('messaging.service.disconnect')}
      </Button>
      <ConfirmModal
        isOpen={isAsked}
        title={t('messaging.service.disconnect_title')}
        text={t('messaging.service.disconnect_text')}
        confirm={t('messaging.service.disconnect')}
        isDestructive
        isBusy={action.isBusy}
        error={errorOf('form')}
        onConfirm={() =>
          action.act({ intent: 'disconnect' }, t('messaging.service.disconnected'), () => setAsked(false))
        }
        onCancel={() => setAsked(false)}
      />
    </>
  );
}
