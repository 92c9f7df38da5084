import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, DropZone, List, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { RowProblem } from '../../rules/list-rows.ts';
import type { ListChanged } from '../change-list.server.ts';

const LINES = 8;
const EXAMPLE = 'KOPI-250\t1\t85.000\nKOPI-250\t24\t79.000';
const CHARACTERS_MAX = 200_000;

interface PasteDialogProps {
  categoryId: string;
  onClose: () => void;
}

/** Takes in a table that was copied from a spreadsheet, or the file itself: all of it, or nothing. */
export function PasteDialog({ categoryId, onClose }: PasteDialogProps) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const { answer, isBusy, sendText, sendFile } = useSending(categoryId);
  const errorOf = useFieldErrorText(answer && !answer.ok ? answer.errors : {});
  const problems = answer && !answer.ok ? (answer.problems ?? []) : [];
  useEffect(() => {
    if (!answer?.ok) return;
    shopify.toast.show(t('pricing.lists.saved', { count: answer.saved }));
    onClose();
    // Only the answer matters: the callbacks are others with each rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [answer?.ok]);
  return (
    <FormDialog
      title={t('pricing.lists.paste_title')}
      action={{
        label: t('pricing.lists.take_in'),
        isBusy,
        onAction: () => (file === null ? sendText(text) : void sendFile(file)),
      }}
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
            placeholder={EXAMPLE}
            value={text}
            error={problems.length > 0 ? t('pricing.lists.nothing_saved') : errorOf('text')}
            onChange={setText}
          />
        )}
        <Problems problems={problems} />
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

function Problems({ problems }: { problems: readonly RowProblem[] }) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <List>
      {problems.map(({ line, code, text }) => (
        <List.Item key={`${line} ${code}`}>
          {t(`pricing.lists.problem.${code}`, { line, what: text })}
        </List.Item>
      ))}
    </List>
  );
}

/** Sends a table or a file; the latest answer, null while one is awaited. */
function useSending(categoryId: string) {
  const { i18n } = useTranslation();
  const pasted = useFetcher<ListChanged>();
  const [answered, setAnswered] = useState<ListChanged | null>(null);
  const [isSending, setIsSending] = useState(false);
  const isBusy = pasted.state !== 'idle' || isSending;
  return {
    isBusy,
    answer: isBusy ? null : (answered ?? pasted.data ?? null),
    sendText: (text: string): void => {
      setAnswered(null);
      pasted.submit(
        { intent: 'paste', categoryId, text, locale: i18n.language },
        { method: 'post', encType: 'application/json' },
      );
    },
    sendFile: async (file: File): Promise<void> => {
      setIsSending(true);
      const search = new URLSearchParams({ category: categoryId, locale: i18n.language });
      setAnswered(await postFile(`/app/resellers/price-lists/file?${search.toString()}`, file));
      setIsSending(false);
    },
  };
}

async function postFile(url: string, body: File): Promise<ListChanged> {
  try {
    const response = await fetch(url, { method: 'POST', body });
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- our own route's answer
    const answer: ListChanged = await response.json();
    return answer;
  } catch {
    return { ok: false, errors: { form: { code: 'not_saved' } } };
  }
}
