import { Badge, Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useProgress } from '#app/components/use-progress.ts';
import type { PushView } from '../../pushed/push-screen.server.ts';
import type { StoredSegment } from '../../saved/segments.queries.server.ts';
import type { RuleNames } from '../../sentence/names.ts';
import { Hindrance } from './hindrance.tsx';
import { PushConflict } from './push-conflict.tsx';
import { StopPushDialog } from './push-dialogs.tsx';

interface PushCardProps {
  push: PushView;
  segment: StoredSegment;
  names: RuleNames;
  /** Opens the dialog that keeps the segment as a tag; null if it is one already. */
  onKeepTag: (() => void) | null;
}

/** How a segment stands at Shopify: whether it is in step, what was changed there, why it can't be written. */
export function PushCard({ push, segment, names, onKeepTag }: PushCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const [isStopping, setIsStopping] = useState(false);
  const { state, isWaiting, name, writtenAt, checkedAt } = push;
  const stop = () => setIsStopping(true);
  useProgress(isWaiting);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <CardTitle>{t('push.card_title')}</CardTitle>
            <PushBadge push={push} />
          </InlineStack>
          {state === 'on' && (
            <InlineStack gap="200">
              <Button
                loading={action.isBusy}
                disabled={isWaiting}
                onClick={() => action.act({ intent: 'check_push' }, t('push.checking'))}
              >
                {t('push.check')}
              </Button>
              <Button tone="critical" variant="plain" onClick={stop}>
                {t('push.stop')}
              </Button>
            </InlineStack>
          )}
        </InlineStack>
        <div role="status">
          <BlockStack gap="100">
            <Text as="p">
              {name !== null && writtenAt !== null
                ? t('push.written', { name, at: format.timestamp(writtenAt) })
                : t('push.not_written')}
            </Text>
            {checkedAt !== null && (
              <Text as="p" tone="subdued">
                {t('push.checked', { at: format.timestamp(checkedAt) })}
              </Text>
            )}
          </BlockStack>
        </div>
        <PushConflict push={push} version={segment.version} onStop={stop} />
        <Trouble push={push} rule={segment.rule} names={names} onKeepTag={onKeepTag} />
      </BlockStack>
      {isStopping && <StopPushDialog name={name ?? segment.name} onClose={() => setIsStopping(false)} />}
    </Card>
  );
}

function PushBadge({ push }: { push: PushView }) {
  const { t } = useTranslation();
  const { state, isWaiting, conflict, trouble } = push;
  if (state === 'ending') return <Badge tone="attention">{t('push.status.ending')}</Badge>;
  if (conflict !== null) return <Badge tone="warning">{t(`push.status.${conflict}`)}</Badge>;
  if (trouble !== null) return <Badge tone="warning">{t(`push.status.${trouble}`)}</Badge>;
  return isWaiting ? (
    <Badge tone="attention">{t('push.status.waiting')}</Badge>
  ) : (
    <Badge tone="success">{t('push.status.in_step')}</Badge>
  );
}

interface TroubleProps extends Pick<PushCardProps, 'push' | 'names' | 'onKeepTag'> {
  rule: StoredSegment['rule'];
}

function Trouble({ push, rule, names, onKeepTag }: TroubleProps) {
  const { t } = useTranslation();
  const { trouble, refusal } = push;
  if (trouble === null) return null;
  return (
    <Banner tone="warning" title={t(`push.trouble.${trouble}`)}>
      <BlockStack gap="300">
        {trouble === 'refused' && refusal !== null && <Text as="p">{refusal}</Text>}
        {trouble === 'not_expressible' && rule !== null && (
          <>
            <Hindrance rule={rule} names={names} />
            {onKeepTag && (
              <InlineStack align="start">
                <Button onClick={onKeepTag}>{t('kept_tag.action')}</Button>
              </InlineStack>
            )}
          </>
        )}
      </BlockStack>
    </Banner>
  );
}
