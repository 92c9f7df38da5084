import { Badge, Banner, BlockStack, Button, ButtonGroup, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '#app/components/fields.tsx';
import { useAction, type Action } from '#app/components/use-action.ts';
import { useUnsaved } from '#app/components/unsaved.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { NOTE_CHARACTERS_MAX } from '../note-limits.ts';
import type { Note } from '../notes.queries.server.ts';
import { NoteHistory } from './note-history.tsx';

interface NoteCardProps {
  note: Note;
  isActive: boolean;
  /** Wishes it deleted; the list asks, and outlives the card. */
  onDelete: () => void;
}

/** One note: read, pinned, edited, deleted. */
export function NoteCard({ note, isActive, onDelete }: NoteCardProps) {
  const { t } = useTranslation();
  const action = useAction();
  const [mode, setMode] = useState<'read' | 'edit' | 'history'>('read');
  const read = () => setMode('read');
  const noteId = String(note.noteId);
  const pin = () =>
    note.isPinned
      ? action.act({ intent: 'unpin', noteId }, t('notes.unpinned'))
      : action.act({ intent: 'pin', noteId }, t('notes.pinned_done'));
  return (
    <Card>
      <BlockStack gap="300">
        <NoteHead note={note} />
        {action.errors.form && <Banner tone="critical">{t('notes.gone')}</Banner>}
        {mode === 'edit' ? (
          <NoteEditor note={note} action={action} onDone={read} />
        ) : (
          <div className="as-typed">{note.text}</div>
        )}
        {isActive && mode !== 'edit' && (
          <ButtonGroup>
            <Button variant="plain" loading={action.isBusy} onClick={pin}>
              {note.isPinned ? t('notes.unpin') : t('notes.pin')}
            </Button>
            <Button variant="plain" onClick={() => setMode('edit')}>
              {t('notes.edit')}
            </Button>
            {note.edited && (
              <Button variant="plain" onClick={() => setMode('history')}>
                {t('notes.history')}
              </Button>
            )}
            <Button variant="plain" tone="critical" onClick={onDelete}>
              {t('notes.delete')}
            </Button>
          </ButtonGroup>
        )}
      </BlockStack>
      {mode === 'history' && <NoteHistory noteId={note.noteId} onClose={read} />}
    </Card>
  );
}

function NoteHead({ note }: { note: Note }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { author, edited } = note;
  const nameOf = (name: string | null) => name ?? t('common.staff');
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="h3" variant="headingSm">
        {nameOf(author.name)}
      </Text>
      <Text as="span" tone="subdued">
        {format.timestamp(note.createdAt)}
      </Text>
      {note.isPinned && <Badge tone="info">{t('notes.pinned')}</Badge>}
      {edited && (
        <Text as="span" variant="bodySm" tone="subdued">
          {t('notes.edited', { name: nameOf(edited.by.name), timestamp: format.timestamp(edited.at) })}
        </Text>
      )}
    </InlineStack>
  );
}

function NoteEditor({ note, action, onDone }: { note: Note; action: Action; onDone: () => void }) {
  const { t } = useTranslation();
  const errorOf = useFieldErrorText(action.errors);
  const [text, setText] = useState(note.text);
  // The editor's initial text, also when the list is read again meanwhile.
  const [before] = useState(note.text);
  useUnsaved(text !== before);
  const save = () =>
    action.act({ intent: 'edit', noteId: String(note.noteId), before, text }, t('common.saved'), onDone);
  const cancel = () => {
    action.clear();
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <BlockStack gap="300">
        <TextField
          label={t('notes.edit_label')}
          labelHidden
          value={text}
          error={errorOf('text')}
          multiline={3}
          maxHeight={480}
          maxLength={NOTE_CHARACTERS_MAX}
          showCharacterCount
          focused
          onChange={setText}
        />
        <ButtonGroup>
          <Button variant="primary" submit loading={action.isBusy} disabled={text.trim() === ''}>
            {t('common.save')}
          </Button>
          <Button onClick={cancel}>{t('common.cancel')}</Button>
        </ButtonGroup>
      </BlockStack>
    </form>
  );
}
