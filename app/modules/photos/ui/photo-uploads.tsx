import { useBeforeUnload, useBlocker } from '@remix-run/react';
import { BlockStack, Button, Card, DropZone, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { CameraIcon } from '@shopify/polaris-icons';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useFormat } from '#app/components/use-format.ts';
import {
  PHOTO_BYTES_MAX,
  PHOTO_INPUT_SIDE_MAX,
  PHOTO_PIXELS_MAX,
  PHOTOS_MAX,
  type PhotoProblem,
} from '../photo-limits.ts';
import { isUploading, type Upload } from '../rules/upload-queue.ts';
import { useUploads, type Uploads } from './use-uploads.ts';

/** Without HEIC among them, iPhones send their pictures as JPEG. */
const ACCEPTED = 'image/jpeg,image/png,image/webp,image/gif,image/avif';
const BYTES_A_MEGABYTE = 1024 * 1024;
const PIXELS_A_MEGAPIXEL = 1_000_000;

/** Where photos are dropped, chosen or taken, and what became of each. */
export function PhotoUploads({ customerId }: { customerId: bigint }) {
  const { t } = useTranslation();
  const format = useFormat();
  const uploads = useUploads(customerId);
  const { queue, add } = uploads;
  return (
    <Card>
      <BlockStack gap="300">
        <DropZone
          accept={ACCEPTED}
          type="image"
          label={t('photos.add')}
          allowMultiple
          onDrop={(_all, accepted, refused) => add(accepted, refused)}
        >
          <DropZone.FileUpload
            actionTitle={t('photos.choose')}
            actionHint={t('photos.hint', { size: format.number(PHOTO_BYTES_MAX / BYTES_A_MEGABYTE) })}
          />
        </DropZone>
        <Camera onTaken={(file) => add([file], [])} />
        {queue.length > 0 && (
          <ul className="bare-list" aria-label={t('photos.on_their_way')}>
            {queue.map((upload) => (
              <UploadLine key={upload.id} upload={upload} uploads={uploads} />
            ))}
          </ul>
        )}
      </BlockStack>
      <StayWhile isBusy={isUploading(queue)} />
    </Card>
  );
}

/** On phones and tablets: straight to the camera. */
function Camera({ onTaken }: { onTaken: (file: File) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="only-touch">
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        capture="environment"
        hidden
        aria-hidden="true"
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) onTaken(file);
          currentTarget.value = '';
        }}
      />
      <Button icon={CameraIcon} fullWidth onClick={() => input.current?.click()}>
        {t('photos.take')}
      </Button>
    </div>
  );
}

function UploadLine({ upload, uploads }: { upload: Upload<PhotoProblem>; uploads: Uploads }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { id, name, state, percent, problem } = upload;
  return (
    <li className="ruled planned-line">
      <BlockStack gap="100">
        <InlineStack gap="200" align="space-between" blockAlign="center">
          <Text as="span" breakWord>
            {name}
          </Text>
          {problem === null ? (
            <Text as="span" tone="subdued">
              {t(`photos.state.${state}`)}
            </Text>
          ) : (
            <InlineStack gap="300">
              {CAN_RETRY.has(problem) && (
                <Button
                  variant="plain"
                  accessibilityLabel={t('photos.retry_of', { name })}
                  onClick={() => uploads.retry(id)}
                >
                  {t('photos.retry')}
                </Button>
              )}
              <Button
                variant="plain"
                accessibilityLabel={t('photos.dismiss_of', { name })}
                onClick={() => uploads.dismiss(id)}
              >
                {t('photos.dismiss')}
              </Button>
            </InlineStack>
          )}
        </InlineStack>
        {problem === null ? (
          <ProgressBar progress={percent} size="small" ariaLabelledBy={`upload-${id}`} />
        ) : (
          <div role="alert">
            <Text as="p" tone="critical">
              {problemText(problem)}
            </Text>
          </div>
        )}
        <span id={`upload-${id}`} className="only-spoken">
          {t('photos.progress_of', { name })}
        </span>
      </BlockStack>
    </li>
  );
}

/** Where the file itself is fine. */
const CAN_RETRY = new Set<PhotoProblem>(['lost', 'not_stored', 'too_many', 'busy']);

function useProblemText(): (problem: PhotoProblem) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const limits: Partial<Record<PhotoProblem, string>> = {
    too_large: format.number(PHOTO_BYTES_MAX / BYTES_A_MEGABYTE),
    too_many_pixels: format.number(PHOTO_PIXELS_MAX / PIXELS_A_MEGAPIXEL),
    too_many: format.number(PHOTOS_MAX),
  };
  return (problem) =>
    t(`photos.problem.${problem}`, {
      limit: limits[problem] ?? '',
      side: format.number(PHOTO_INPUT_SIDE_MAX),
    });
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
      title={t('photos.leave_title')}
      text={t('photos.leave_text')}
      confirm={t('photos.leave')}
      isDestructive
      onConfirm={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    />
  );
}
