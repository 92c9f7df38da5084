import { useFetcher } from '@remix-run/react';
import { BlockStack, SkeletonBodyText, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#app/components/dialog.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { NoteVersion } from '../notes.queries.server.ts';

/** What a note said before it was edited, the latest first. */
export function NoteHistory({ noteId, onClose }: { noteId: bigint; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { load, data } = useFetcher<{ versions: NoteVersion[] }>();
  useEffect(() => {
    load(`/app/notes/${noteId}`);
  }, [load, noteId]);
  return (
    <Dialog title={t('notes.history_title')} onClose={onClose}>
      {data ? (
        <ol className="bare-list">
          {data.versions.map(({ versionId, text, author, writtenAt }) => (
            <li key={String(versionId)} className="ruled planned-line">
              <BlockStack gap="100">
                <Text as="p" variant="bodySm" tone="subdued">
                  {t('notes.version', {
                    name: author.name ?? t('common.staff'),
                    timestamp: format.timestamp(writtenAt),
                  })}
                </Text>
                <div className="as-typed">{text}</div>
              </BlockStack>
            </li>
          ))}
        </ol>
      ) : (
        <SkeletonBodyText lines={4} />
      )}
    </Dialog>
  );
}
