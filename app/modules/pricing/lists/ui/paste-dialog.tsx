import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, DropZone, List, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { ListChanged } from '../change-list.server.ts';

const LINES = 8;
const CHARACTERS_MAX = 200_000;

interface PasteDialogProps {
  categoryId: string;
  onClose: () => void;
}

/** Takes in a table that was copied from a spreadsheet, or the file itself: all of it, or nothing. */
export function PasteDialog({ categoryId, onClose }: PasteDialogProps) {
  const { t, i18n } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<ListChanged>();
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<ListChanged | null>(null);
  const [isSending, setIsSending] = useState(false);
  const isBusy = fetcher.state !== 'idle' || isSending;
  const answer = isBusy ? null : (sent ?? fetcher.data ?? null);
  const errorOf = useFieldErrorText(answer && !answer.ok ? answer.errors : {});
  useEffect(() => {
    if (!answer?.ok) return;
    shopify.toast.show(t('pricing.lists.saved', { count: answer.saved }));
    onClose();
    // Only the answer matters: the callbacks are others with each rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [answer?.ok]);
  const sendFile = async (chosen: File) => {
    setIsSending(true);
    const search = new URLSearchParams({ category: categoryId, locale: i18n.language });
    try {
      const response = await fetch(`/app/resellers/price-lists/file?${search.toString()}`, {
        method: 'POST',
        body: chosen,
      });
      setSent((await response.json()) as ListChanged);
    } catch {
      setSent({ ok: false, errors: { form: { code: 'not_saved' } } });
    }
    setIsSending(false);
  };
  const save = () => {
    setSent(null);
    if (file !== null) return void sendFile(file);
    fetcher.submit(
      { intent: 'paste', categoryId, text, locale: i18n.language },
      { method: 'post', encType: 'application/json' },
    );
  };
  const problems = answer && !answer.ok ? (answer.problems ?? []) : [];
  return (
    <FormDialog
      title={t('pricing.lists.paste_title')}
      action={{ label: t('pricing.lists.take_in'), isBusy, onAction: save }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <BlockStack gap="400">
        <Text as="p">{t('pricing.lists.paste_text')}</Text>
        {file === null && (
          <TextField
            id="text"
            label={t('pricing.lists.table')}
            multiline={LINES}
            monospaced
            maxLength={CHARACTERS_MAX}
            placeholder={'KOPI-250\t1\t85.000\nKOPI-250\t24\t79.000'}
            value={text}
            error={problems.length > 0 ? t('pricing.lists.nothing_saved') : errorOf('text')}
            onChange={setText}
          />
        )}
        {problems.length > 0 && (
          <List>
            {problems.map(({ line, code, text: what }) => (
              <List.Item key={`${line} ${code}`}>
                {t(`pricing.lists.problem.${code}`, { line, what })}
              </List.Item>
            ))}
          </List>
        )}
        <DropZone
          label={t('pricing.lists.file')}
          accept=".xlsx"
          type="file"
          allowMultiple={false}
          onDropAccepted={([chosen]) => setFile(chosen ?? null)}
        >
          {file === null ? (
            <DropZone.FileUpload actionTitle={t('pricing.lists.choose_file')} />
          ) : (
            <Text as="p">{file.name}</Text>
          )}
        </DropZone>
      </BlockStack>
    </FormDialog>
  );
}
