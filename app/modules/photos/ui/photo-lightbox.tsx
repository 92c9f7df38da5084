import { Banner, BlockStack, Button, ButtonGroup, InlineStack, Spinner, Text } from '@shopify/polaris';
import { ChevronLeftIcon, ChevronRightIcon } from '@shopify/polaris-icons';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '#app/components/fields.tsx';
import { Dialog } from '#app/components/dialog.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { CAPTION_CHARACTERS_MAX } from '../photo-limits.ts';
import type { Photo } from '../photos.queries.server.ts';
import { usePhotoUrl } from './use-photo-url.ts';

interface PhotoLightboxProps {
  photos: readonly Photo[];
  photo: Photo;
  isActive: boolean;
  onShow: (photoId: string) => void;
  onDelete: (photo: Photo) => void;
  onClose: () => void;
}

/** One photo as large as there is room, with its caption; arrow keys go on to the others of the page. */
export function PhotoLightbox({ photos, photo, isActive, onShow, onDelete, onClose }: PhotoLightboxProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = photos.findIndex(({ photoId }) => photoId === photo.photoId);
  const previous = photos[place - 1]?.photoId;
  const next = photos[place + 1]?.photoId;
  useArrowKeys(previous, next, onShow);
  const show = (photoId: string | undefined) => photoId !== undefined && onShow(photoId);
  return (
    <Dialog
      isLarge
      title={t('photos.place', { place: format.number(place + 1), total: format.number(photos.length) })}
      onClose={onClose}
    >
      <BlockStack gap="300">
        <LargePhoto photo={photo} />
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="p" tone="subdued">
            {t('photos.by_at', {
              name: photo.authorName ?? t('photos.somebody'),
              timestamp: format.timestamp(photo.createdAt),
            })}
          </Text>
          <ButtonGroup>
            <Button
              icon={ChevronLeftIcon}
              accessibilityLabel={t('photos.previous')}
              disabled={previous === undefined}
              onClick={() => show(previous)}
            />
            <Button
              icon={ChevronRightIcon}
              accessibilityLabel={t('photos.next')}
              disabled={next === undefined}
              onClick={() => show(next)}
            />
          </ButtonGroup>
        </InlineStack>
        {isActive ? (
          <Caption key={photo.photoId} photo={photo} onDelete={() => onDelete(photo)} />
        ) : (
          <Text as="p">{photo.caption}</Text>
        )}
      </BlockStack>
    </Dialog>
  );
}

function LargePhoto({ photo }: { photo: Photo }) {
  const { t } = useTranslation();
  const altOf = usePhotoAlt();
  const { url, failed } = usePhotoUrl(photo.photoId, 'full');
  return (
    <div className="photo-large">
      {failed && <Text as="p">{t('photos.not_shown')}</Text>}
      {url === null && !failed && <Spinner accessibilityLabel={t('photos.loading')} />}
      {url !== null && <img src={url} alt={altOf(photo)} width={photo.width} height={photo.height} />}
    </div>
  );
}

/** The caption says what is to be seen; without one there is only the day. */
export function usePhotoAlt(): (photo: Photo) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ caption, createdAt }) =>
    caption === '' ? t('photos.alt', { day: format.day(createdAt) }) : caption;
}

function Caption({ photo, onDelete }: { photo: Photo; onDelete: () => void }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [caption, setCaption] = useState(photo.caption);
  const { photoId } = photo;
  const save = () => action.act({ intent: 'caption', photoId, caption }, t('common.saved'));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <BlockStack gap="300">
        {action.errors.form && <Banner tone="critical">{t('photos.gone')}</Banner>}
        <TextField
          id="photo-caption"
          label={t('photos.caption')}
          value={caption}
          error={errorOf('caption')}
          maxLength={CAPTION_CHARACTERS_MAX}
          onChange={setCaption}
        />
        <InlineStack align="space-between">
          <Button submit loading={action.isBusy} disabled={caption.trim() === photo.caption}>
            {t('photos.save_caption')}
          </Button>
          <Button variant="plain" tone="critical" onClick={onDelete}>
            {t('photos.delete')}
          </Button>
        </InlineStack>
      </BlockStack>
    </form>
  );
}

/** Left and right in reading direction; a text field keeps its own keys. */
function useArrowKeys(
  previous: string | undefined,
  next: string | undefined,
  onShow: (photoId: string) => void,
): void {
  useEffect(() => {
    const follow = ({ key, target }: KeyboardEvent) => {
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      const isMirrored = document.documentElement.dir === 'rtl';
      const backward = isMirrored ? 'ArrowRight' : 'ArrowLeft';
      const forward = isMirrored ? 'ArrowLeft' : 'ArrowRight';
      if (key === backward && previous !== undefined) onShow(previous);
      if (key === forward && next !== undefined) onShow(next);
    };
    addEventListener('keydown', follow);
    return () => removeEventListener('keydown', follow);
  }, [previous, next, onShow]);
}
