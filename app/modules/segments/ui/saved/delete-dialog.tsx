import { useNavigate } from '@remix-run/react';
import { BlockStack, Button, InlineStack, Link, List, Spinner, Text } from '@shopify/polaris';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AFTER_SAVE } from '#app/components/unsaved.ts';
import { Dialog } from '#app/components/dialog.tsx';
import { readJson } from '#app/components/read-json.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { UsesAnswer } from '../../answers.ts';
import type { SegmentUse } from '../../saved/find-uses.server.ts';
import { AfterwardsChoice } from '../pushed/push-dialogs.tsx';
import { useSegmentChange, type NamedSegment } from './use-segment-change.ts';

interface DeleteDialogProps {
  segment: NamedSegment;
  onClose: () => void;
}

/** Asks before a segment is deleted, and says where it is used. What runs has to be stopped first. */
export function DeleteDialog({ segment, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { answer, retry } = useUses(segment.segmentId);
  const { isBusy, errors, send } = useSegmentChange(t('segment_list.deleted'), (goTo) => {
    onClose();
    navigate(goTo, { state: AFTER_SAVE });
  });
  const errorOf = useFieldErrorText(errors);
  const [there, setThere] = useState('');
  const uses = answer?.ok ? answer.uses.filter(({ what }) => what !== 'shopify') : null;
  // What was pushed is no use that ends: staff choose what becomes of it.
  const pushed = answer?.ok ? answer.uses.find(({ what }) => what === 'shopify') : undefined;
  const isRunning = uses?.some((use) => use.isRunning) ?? false;
  return (
    <Dialog
      title={t('segment_list.delete_title', { name: segment.name })}
      error={errors.form?.code === 'in_use' ? t('segment_list.delete_running') : errorOf('form')}
      action={{
        label: t('segment_list.delete'),
        isDestructive: true,
        isBusy,
        isDisabled: uses === null || isRunning,
        onAction: () =>
          send({
            intent: 'delete',
            segmentId: String(segment.segmentId),
            ...(pushed && { there }),
          }),
      }}
      onClose={onClose}
    >
      <BlockStack gap="300">
        <Text as="p">{t('segment_list.delete_text')}</Text>
        {answer === null && <Spinner size="small" accessibilityLabel={t('segment_list.uses_reading')} />}
        {answer !== null && uses === null && (
          <InlineStack gap="200" blockAlign="center">
            <Text as="p" tone="critical">
              {t('segment_list.uses_failed')}
            </Text>
            <Button onClick={retry}>{t('segments.edit.retry')}</Button>
          </InlineStack>
        )}
        {pushed && (
          <AfterwardsChoice name={pushed.name} chosen={there} error={errorOf('there')} onChange={setThere} />
        )}
        {uses !== null && uses.length > 0 && <Uses uses={uses} isRunning={isRunning} />}
      </BlockStack>
    </Dialog>
  );
}

function Uses({ uses, isRunning }: { uses: readonly SegmentUse[]; isRunning: boolean }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <BlockStack gap="100">
        <Text as="p" {...(isRunning ? { tone: 'critical' as const } : {})}>
          {isRunning ? t('segment_list.delete_running') : t('segment_list.delete_used')}
        </Text>
        <List>
          {uses.map(({ what, name, address }) => (
            <List.Item key={address}>
              <Link url={address}>{t(`segment_list.used_as.${what}`, { defaultValue: name, name })}</Link>
            </List.Item>
          ))}
        </List>
      </BlockStack>
    </div>
  );
}

/** Null while they are read. */
function useUses(segmentId: bigint) {
  const [answer, setAnswer] = useState<UsesAnswer | { ok: false } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      const uses = await readJson<UsesAnswer>(`/app/customers/segments/${segmentId}/uses`, controller.signal);
      if (!controller.signal.aborted) setAnswer(uses);
    };
    setAnswer(null);
    void read();
    return () => controller.abort();
  }, [segmentId, attempt]);
  return { answer, retry: useCallback(() => setAttempt((before) => before + 1), []) };
}
