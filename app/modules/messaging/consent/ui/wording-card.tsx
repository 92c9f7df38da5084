import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { FormDialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';

interface Wording {
  text: string;
  since: Date | null;
}

/** What customers are asked before they agree to texts. */
export function WordingCard({ wording }: { wording: Wording }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isChanging, setChanging] = useState(false);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>{t('messaging.wording.title')}</CardTitle>
          <Button onClick={() => setChanging(true)}>{t('messaging.wording.change')}</Button>
        </InlineStack>
        <Text as="p" tone="subdued">
          {t('messaging.wording.what')}
        </Text>
        {wording.since === null ? (
          <Text as="p">{t('messaging.wording.none')}</Text>
        ) : (
          <BlockStack gap="050">
            <Text as="p">{wording.text}</Text>
            <Text as="p" tone="subdued" variant="bodySm">
              {t('messaging.wording.since', { timestamp: format.timestamp(wording.since) })}
            </Text>
          </BlockStack>
        )}
      </BlockStack>
      {isChanging && <WordingDialog text={wording.text} onClose={() => setChanging(false)} />}
    </Card>
  );
}

function WordingDialog({ text: saved, onClose }: { text: string; onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [text, setText] = useState(saved);
  return (
    <FormDialog
      title={t('messaging.wording.title')}
      action={{
        label: t('messaging.wording.save'),
        isBusy: action.isBusy,
        onAction: () => action.act({ intent: 'wording', text }, t('messaging.wording.saved'), onClose),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <TextField
        id="wording"
        label={t('messaging.wording.text')}
        helpText={t('messaging.wording.help')}
        multiline={4}
        value={text}
        error={errorOf('text')}
        onChange={setText}
      />
    </FormDialog>
  );
}
