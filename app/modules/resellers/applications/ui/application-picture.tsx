import { Spinner, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#app/components/dialog.tsx';
import { useFetchedPicture } from '#app/components/use-fetched-picture.ts';
import type { FileKind } from '../application-fields.ts';

interface PictureProps {
  applicationId: string;
  kind: FileKind;
}

/** A picture of an application, small, and large when it is pressed. */
export function ApplicationPicture({ applicationId, kind }: PictureProps) {
  const { t } = useTranslation();
  const [isLarge, setIsLarge] = useState(false);
  const label = t(`applications.field.${kind}`);
  return (
    <figure className="application-picture">
      <button
        type="button"
        aria-label={t('applications.enlarge', { label })}
        onClick={() => setIsLarge(true)}
      >
        <Picture applicationId={applicationId} kind={kind} size="thumb" />
      </button>
      <figcaption>{label}</figcaption>
      {isLarge && (
        <Dialog isLarge title={label} onClose={() => setIsLarge(false)}>
          <Picture applicationId={applicationId} kind={kind} size="full" />
        </Dialog>
      )}
    </figure>
  );
}

function Picture({ applicationId, kind, size }: PictureProps & { size: 'thumb' | 'full' }) {
  const { t } = useTranslation();
  const address = `/app/resellers/applications/${applicationId}/file/${kind}?size=${size}`;
  const { url, failed } = useFetchedPicture(address);
  if (failed)
    return (
      <Text as="span" tone="critical">
        {t('applications.picture_failed')}
      </Text>
    );
  if (url === null) return <Spinner size="small" accessibilityLabel={t('applications.picture_loading')} />;
  return <img src={url} alt={t(`applications.field.${kind}`)} />;
}
