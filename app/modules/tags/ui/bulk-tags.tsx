import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#app/components/dialog.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { TagAnswer, TagScreenView } from '../tag-screen.server.ts';
import { TagField } from './tag-field.tsx';

const PATH = '/app/customers/tags';

type How = 'give' | 'take';

/** Who is selected in a list: `sent` as the server's `readSelection` takes it, `words` like "3 customers". */
interface BulkSelection {
  sent: { ids: string[] } | { filter: string };
  words: string;
}

/** For lists of customers: giving a tag to all selected customers, or taking it; the worker does it. `onDone` hears when it has begun. */
export function useBulkTags(selection: BulkSelection, onDone: () => void) {
  const { t } = useTranslation();
  const [how, setHow] = useState<How | null>(null);
  return {
    actions: [
      { id: 'give-tag', content: t('tags.bulk.give'), onAction: () => setHow('give') },
      { id: 'take-tag', content: t('tags.bulk.take'), onAction: () => setHow('take') },
    ],
    dialogs: how && (
      <BulkTagDialog
        how={how}
        selection={selection}
        onClose={() => setHow(null)}
        onDone={() => {
          setHow(null);
          onDone();
        }}
      />
    ),
  };
}

interface BulkTagDialogProps {
  how: How;
  selection: BulkSelection;
  onClose: () => void;
  onDone: () => void;
}

function BulkTagDialog({ how, selection, onClose, onDone }: BulkTagDialogProps) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const reader = useFetcher<TagScreenView>();
  const writer = useFetcher<TagAnswer>();
  const [name, setName] = useState('');
  const { load } = reader;
  useEffect(() => load(PATH), [load]);
  const { data: answer, state } = writer;
  const isBusy = state !== 'idle';
  const errorOf = useFieldErrorText(!isBusy && answer && !answer.ok ? answer.errors : {});
  useEffect(() => {
    if (isBusy || !answer?.ok) return;
    shopify.toast.show(t('tags.begun'));
    onDone();
    // Only the answer matters: the callbacks are others with each rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [answer, isBusy]);
  const give = (): void => {
    const body = { intent: how, name, selection: { ...selection.sent } };
    writer.submit(body, { method: 'post', action: PATH, encType: 'application/json' });
  };
  return (
    <Dialog
      title={t(how === 'give' ? 'tags.bulk.give_title' : 'tags.bulk.take_title', { words: selection.words })}
      action={{ label: t(`tags.bulk.${how}`), isBusy, onAction: give }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <BlockStack gap="400">
        <TagField
          label={t('tags.tag')}
          names={(reader.data?.tags ?? []).map((tag) => tag.name)}
          text={name}
          onText={setName}
          onPick={setName}
          error={errorOf('tag')}
          isDisabled={isBusy}
        />
        <Text as="p" tone="subdued">
          {t(how === 'give' ? 'tags.bulk.give_help' : 'tags.bulk.take_help')}
        </Text>
      </BlockStack>
    </Dialog>
  );
}
