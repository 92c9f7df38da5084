import { Banner, BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { PushView } from '../../pushed/push-screen.server.ts';
import { describeRule } from '../../sentence/sentence.ts';
import { QueryText } from './push-dialogs.tsx';

interface PushConflictProps {
  push: PushView;
  version: number;
  onStop: () => void;
}

/** The segment was changed or deleted at Shopify: staff choose which version counts. */
export function PushConflict({ push, version, onStop }: PushConflictProps) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const { conflict, theirs } = push;
  const error = errorOf('form');
  if (conflict === null) return null;
  const query = theirs?.query ?? '';
  return (
    <Banner tone="warning" title={t(`push.conflict.${conflict}_title`)}>
      <BlockStack gap="300">
        {theirs === null ? <Text as="p">{t('push.conflict.gone_text')}</Text> : <Theirs theirs={theirs} />}
        <InlineStack gap="200" align="start">
          {theirs !== null && theirs.rule !== null && (
            <Button
              loading={action.isBusy}
              onClick={() =>
                action.act(
                  { intent: 'take_theirs', version: String(version), query },
                  t('push.conflict.taken'),
                )
              }
            >
              {t('push.conflict.take')}
            </Button>
          )}
          <Button
            loading={action.isBusy}
            onClick={() => action.act({ intent: 'write_ours', conflict, query }, t('push.conflict.writing'))}
          >
            {t(`push.conflict.write_${conflict}`)}
          </Button>
          {conflict === 'gone' && <Button onClick={onStop}>{t('push.stop')}</Button>}
        </InlineStack>
        {error && (
          <Text as="p" tone="critical">
            {error}
          </Text>
        )}
      </BlockStack>
    </Banner>
  );
}

function Theirs({ theirs }: { theirs: NonNullable<PushView['theirs']> }) {
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const { name, query, rule, names, notes, error } = theirs;
  const words = { t, locale: i18n.language, currency, names };
  const said = [...new Set(notes.map((note) => t(`segment_query.note.${note.code}`, { ...note })))];
  return (
    <BlockStack gap="200">
      <QueryText label={t('push.conflict.theirs', { name })} query={query} />
      {rule !== null && <Text as="p">{describeRule(rule, words)}</Text>}
      {said.map((note) => (
        <Text key={note} as="p">
          {note}
        </Text>
      ))}
      {rule === null && (
        <Text as="p">
          {t('push.conflict.unreadable')}
          {error !== null &&
            ` ${t(`segment_query.error.${error.code}`, { defaultValue: '', ...error.details })}`}
        </Text>
      )}
    </BlockStack>
  );
}
