import { Card, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pager } from '#app/components/pager.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useAction } from '#app/components/use-action.ts';
import type { Photo, PhotoPage } from '../photos.queries.server.ts';
import { PhotoLightbox, usePhotoAlt } from './photo-lightbox.tsx';
import { PhotoUploads } from './photo-uploads.tsx';
import { usePhotoUrl } from './use-photo-url.ts';

interface PhotosTabProps {
  page: PhotoPage;
  customerId: bigint;
  isFirstPage: boolean;
}

/** A customer's photos: adding, looking, deleting. */
export function PhotosTab({ page, customerId, isFirstPage }: PhotosTabProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<Photo | null>(null);
  const action = useAction();
  const { photos, olderThan, isActive } = page;
  const photo = photos.find(({ photoId }) => photoId === shown);
  const remove = ({ photoId }: Photo) => {
    setDeleting(null);
    action.act({ intent: 'delete', photoId }, t('photos.deleted'));
  };
  return (
    <div className="stack">
      {isActive && <PhotoUploads customerId={customerId} />}
      <Card>
        {photos.length === 0 ? (
          <EmptyNote title={t('photos.empty_title')} text={t('photos.empty_text')} />
        ) : (
          <ul className="photo-grid">
            {photos.map((one) => (
              <PhotoTile key={one.photoId} photo={one} onShow={() => setShown(one.photoId)} />
            ))}
          </ul>
        )}
      </Card>
      <Pager
        pages={newestAndOlder(`/app/customers/${customerId}/photos`, { isFirstPage, olderThan })}
        previousTooltip={t('common.newest')}
        nextTooltip={t('photos.older')}
      />
      {photo && (
        <PhotoLightbox
          photos={photos}
          photo={photo}
          isActive={isActive}
          onShow={setShown}
          onDelete={(one) => {
            setShown(null);
            setDeleting(one);
          }}
          onClose={() => setShown(null)}
        />
      )}
      <ConfirmModal
        isOpen={deleting !== null}
        title={t('photos.delete_title')}
        text={t('photos.delete_text')}
        confirm={t('photos.delete')}
        isDestructive
        onConfirm={() => deleting && remove(deleting)}
        onCancel={() => setDeleting(null)}
      />
    </div>
  );
}

function PhotoTile({ photo, onShow }: { photo: Photo; onShow: () => void }) {
  const { t } = useTranslation();
  const altOf = usePhotoAlt();
  const { url, failed } = usePhotoUrl(photo.photoId, 'thumb');
  return (
    <li>
      <button
        type="button"
        className="photo-tile"
        onClick={onShow}
        aria-label={t('photos.open', { photo: altOf(photo) })}
      >
        {url !== null && <img src={url} alt="" />}
        {failed && <Text as="span">{t('photos.not_shown')}</Text>}
      </button>
      {photo.caption !== '' && (
        <Text as="p" variant="bodySm" breakWord>
          {photo.caption}
        </Text>
      )}
    </li>
  );
}
