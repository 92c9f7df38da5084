import { BlockStack, Box, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, FormDialog } from '#app/components/dialog.tsx';
import { ChoiceList } from '#app/components/fields.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { toShopifyQuery } from '../../query/to-shopify.ts';
import type { RuleNames } from '../../sentence/names.ts';
import type { SegmentNode } from '../../tree/tree.ts';
import { Hindrance } from './hindrance.tsx';

interface PushDialogProps {
  name: string;
  rule: SegmentNode;
  names: RuleNames;
  /** Opens the dialog that keeps the segment as a tag; null if it is one already. */
  onKeepTag: (() => void) | null;
  onClose: () => void;
}

/** Asks before a segment is created at Shopify, or says why it can't be and offers the tag. */
export function PushDialog({ name, rule, names, onKeepTag, onClose }: PushDialogProps) {
  const { t } = useTranslation();
  const { currency } = useShop();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const made = toShopifyQuery(rule, { currency, names });
  if (!made.ok)
    return (
      <Dialog
        title={t('push.cannot_title', { name })}
        {...(onKeepTag && { action: { label: t('kept_tag.action'), onAction: onKeepTag } })}
        onClose={onClose}
      >
        <BlockStack gap="300">
          <Hindrance rule={rule} names={names} />
          <Text as="p">{t(onKeepTag ? 'push.tag_instead' : 'push.is_tag')}</Text>
        </BlockStack>
      </Dialog>
    );
  return (
    <Dialog
      title={t('push.title', { name })}
      error={errorOf('form')}
      action={{
        label: t('push.action'),
        isBusy: action.isBusy,
        onAction: () => action.act({ intent: 'push' }, t('push.begun'), onClose),
      }}
      onClose={onClose}
    >
      <BlockStack gap="300">
        <Text as="p">{t('push.text', { name })}</Text>
        <QueryText label={t('push.query')} query={made.query} />
        <Text as="p" tone="subdued">
          {t('push.members_differ')}
        </Text>
      </BlockStack>
    </Dialog>
  );
}

/** A query in Shopify's language, to be read. */
export function QueryText({ label, query }: { label: string; query: string }) {
  return (
    <BlockStack gap="100">
      <Text as="p" variant="bodySm" tone="subdued">
        {label}
      </Text>
      <Box background="bg-surface-secondary" padding="200" borderRadius="200">
        <Text as="p" breakWord>
          <code>{query}</code>
        </Text>
      </Box>
    </BlockStack>
  );
}

interface AfterwardsProps {
  /** What Shopify calls it. */
  name: string;
  chosen: string;
  error: string | false | undefined;
  onChange: (chosen: string) => void;
}

/** What becomes of the segment at Shopify; there is no default. */
export function AfterwardsChoice({ name, chosen, error, onChange }: AfterwardsProps) {
  const { t } = useTranslation();
  return (
    <ChoiceList
      title={t('push.stop_question')}
      choices={[
        { label: t('push.stop_delete', { name }), value: 'delete' },
        { label: t('push.stop_leave', { name }), value: 'leave' },
      ]}
      selected={chosen === '' ? [] : [chosen]}
      onChange={([one = '']) => onChange(one)}
      {...(error ? { error } : {})}
    />
  );
}

/** Asks what becomes of the segment at Shopify. */
export function StopPushDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [there, setThere] = useState('');
  return (
    <FormDialog
      title={t('push.stop_title', { name })}
      action={{
        label: t('push.stop'),
        isDestructive: true,
        isBusy: action.isBusy,
        onAction: () => action.act({ intent: 'stop_push', there }, t('push.stopped'), onClose),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <AfterwardsChoice name={name} chosen={there} error={errorOf('there')} onChange={setThere} />
    </FormDialog>
  );
}
