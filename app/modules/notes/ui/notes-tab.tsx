import { Banner, Card } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pager } from '#app/components/pager.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useAction } from '#app/components/use-action.ts';
import type { NotePage } from '../notes.queries.server.ts';
import { NoteCard } from './note-card.tsx';
import { NoteComposer } from './note-composer.tsx';

interface NotesTabProps {
  page: NotePage;
  customerId: bigint;
  isFirstPage: boolean;
}

/** What staff wrote about a customer, and where they write more. */
export function NotesTab({ page, customerId, isFirstPage }: NotesTabProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<bigint | null>(null);
  const [deleted, setDeleted] = useState<bigint | null>(null);
  const removal = useAction();
  const { notes, olderThan, isActive } = page;
  const remove = (noteId: bigint) => {
    setAsked(null);
    removal.act({ intent: 'delete', noteId: String(noteId) }, t('notes.deleted'), () => setDeleted(noteId));
  };
  return (
    <div className="stack">
      {isActive && <NoteComposer />}
      {removal.errors.form && <Banner tone="critical">{t('notes.gone')}</Banner>}
      {deleted !== null && <WayBack noteId={deleted} onDone={() => setDeleted(null)} />}
      {notes.length === 0 && (
        <Card>
          <EmptyNote title={t('notes.empty_title')} text={t('notes.empty_text')} />
        </Card>
      )}
      {notes.map((note) => (
        <NoteCard
          key={String(note.noteId)}
          note={note}
          isActive={isActive}
          onDelete={() => setAsked(note.noteId)}
        />
      ))}
      <Pager
        pages={newestAndOlder(`/app/customers/${customerId}/notes`, { isFirstPage, olderThan })}
        previousTooltip={t('common.newest')}
        nextTooltip={t('notes.older')}
      />
      <ConfirmModal
        isOpen={asked !== null}
        title={t('notes.delete_title')}
        text={t('notes.delete_text')}
        confirm={t('notes.delete')}
        isDestructive
        onConfirm={() => asked !== null && remove(asked)}
        onCancel={() => setAsked(null)}
      />
    </div>
  );
}

/** After a deletion, for as long as the page is open. */
function WayBack({ noteId, onDone }: { noteId: bigint; onDone: () => void }) {
  const { t } = useTranslation();
  const { act, isBusy, errors } = useAction();
  return (
    <Banner
      title={errors.form ? t('notes.gone') : t('notes.deleted')}
      tone={errors.form ? 'critical' : 'info'}
      action={{
        content: t('notes.undo'),
        loading: isBusy,
        onAction: () => act({ intent: 'restore', noteId: String(noteId) }, t('notes.restored'), onDone),
      }}
      onDismiss={onDone}
    />
  );
}
