import { useBeforeUnload, useBlocker, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Button, Card, DropZone, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useFormat } from '#app/components/use-format.ts';
import {
  FILE_BYTES_MAX,
  FILE_MEBIBYTES_MAX,
  looksLikeTable,
  type UploadProblem,
} from '../upload/upload-limits.ts';
import { sendFile, type Sending } from './send-file.ts';

const ADDRESS = '/app/customers/import/upload';
const PROGRESS_ID = 'import-upload-progress';
const ALL = 100;

interface UploadState {
  file: File;
  percent: number;
  problem: UploadProblem | null;
}

/** Where a file is dropped or chosen; when it has arrived its import opens. */
export function FileUpload() {
  const { t } = useTranslation();
  const format = useFormat();
  const { upload, problem, send, stop } = useUpload();
  const isSending = upload !== null && upload.problem === null;
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{t('imports.upload.title')}</CardTitle>
        {isSending ? (
          <Progress upload={upload} onStop={stop} />
        ) : (
          <DropZone
            label={t('imports.upload.label')}
            labelHidden
            allowMultiple={false}
            onDrop={(files) => send(files)}
          >
            <DropZone.FileUpload
              actionTitle={t('imports.upload.choose')}
              actionHint={t('imports.upload.hint', { size: format.number(FILE_MEBIBYTES_MAX) })}
            />
          </DropZone>
        )}
        <div role="alert">
          {problem !== null && (
            <Banner
              tone="critical"
              {...(upload !== null && CAN_RETRY.includes(problem)
                ? { action: { content: t('imports.upload.retry'), onAction: () => send([upload.file]) } }
                : {})}
            >
              {t(`imports.upload_problem.${problem}`, { size: format.number(FILE_MEBIBYTES_MAX) })}
            </Banner>
          )}
        </div>
      </BlockStack>
      <StayWhile isBusy={isSending} />
    </Card>
  );
}

/** Where the file itself is fine. */
const CAN_RETRY: readonly UploadProblem[] = ['lost', 'not_stored', 'busy'];

function Progress({ upload, onStop }: { upload: UploadState; onStop: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { file, percent } = upload;
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="p" id={PROGRESS_ID} breakWord>
          {percent === ALL ? t('imports.upload.storing') : t('imports.upload.sending', { name: file.name })}
        </Text>
        <Text as="span" tone="subdued" numeric>
          {format.percent(percent * ALL)}
        </Text>
      </InlineStack>
      <ProgressBar progress={percent} size="small" ariaLabelledBy={PROGRESS_ID} />
      <div>
        <Button onClick={onStop}>{t('imports.upload.stop')}</Button>
      </div>
    </BlockStack>
  );
}

function useUpload() {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const [upload, setUpload] = useState<UploadState | null>(null);
  const [refused, setRefused] = useState<UploadProblem | null>(null);
  const sending = useRef<Sending | null>(null);
  const isStopped = useRef(false);
  const [arrived, setArrived] = useState<string | null>(null);
  // Only once the page knows that nothing is on its way is it left without a question.
  useEffect(() => {
    if (arrived !== null) navigate(`/app/customers/import/${arrived}`);
  }, [arrived, navigate]);

  async function start(file: File): Promise<void> {
    isStopped.current = false;
    setUpload({ file, percent: 0, problem: null });
    const token = await shopify.idToken().catch(() => '');
    sending.current = sendFile(file, ADDRESS, token, (percent) =>
      setUpload((known) => known && { ...known, percent }),
    );
    const answer = await sending.current.answer;
    sending.current = null;
    if (isStopped.current) return setUpload(null);
    if (!answer.ok) return setUpload({ file, percent: 0, problem: answer.problem });
    setUpload(null);
    setArrived(answer.importId);
  }

  return {
    upload,
    problem: refused ?? upload?.problem ?? null,
    send: (files: readonly File[]): void => {
      const [file] = files;
      if (file === undefined) return;
      const problem = files.length > 1 ? 'one_file' : problemOf(file);
      setRefused(problem);
      setUpload(null);
      if (problem === null) void start(file);
    },
    stop: (): void => {
      isStopped.current = true;
      sending.current?.stop();
    },
  };
}

function problemOf(file: File): UploadProblem | null {
  if (!looksLikeTable(file.name)) return 'not_a_table';
  if (file.size === 0) return 'empty';
  return file.size > FILE_BYTES_MAX ? 'too_large' : null;
}

/** Leaving the page ends what is on its way: that is asked first. */
function StayWhile({ isBusy }: { isBusy: boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isBusy && currentLocation.pathname !== nextLocation.pathname,
  );
  useBeforeUnload((event) => {
    if (isBusy) event.preventDefault();
  });
  return (
    <ConfirmModal
      isOpen={blocker.state === 'blocked'}
      title={t('imports.upload.leave_title')}
      text={t('imports.upload.leave_text')}
      confirm={t('imports.upload.leave')}
      isDestructive
      onConfirm={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    />
  );
}
