import { useNavigate } from '@remix-run/react';
import { BlockStack, List, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, FormDialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { SEGMENT_NAME_LENGTH_MAX } from '../../saved/rules/segment-name.ts';
import type { ListedSnapshot } from '../../snapshots/snapshot-screens.server.ts';
import { useSnapshotChange } from './use-snapshot-change.ts';

const NAME_ID = 'snapshot-name';
const SNAPSHOTS = '/app/customers/segments/snapshots';

interface NameDialogProps {
  title: string;
  text?: string;
  proposed: string;
  isBusy: boolean;
  errors: ReturnType<typeof useSnapshotChange>['errors'];
  onSave: (name: string) => void;
  onClose: () => void;
}

function NameDialog({ title, text, proposed, isBusy, errors, onSave, onClose }: NameDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(proposed);
  const errorOf = useFieldErrorText(errors);
  useEffect(() => document.getElementById(NAME_ID)?.focus(), []);
  return (
    <FormDialog
      title={title}
      action={{ label: t('common.save'), isBusy, onAction: () => onSave(name) }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <BlockStack gap="300">
        <TextField
          id={NAME_ID}
          label={t('segment_list.name')}
          value={name}
          onChange={setName}
          maxLength={SEGMENT_NAME_LENGTH_MAX}
          error={errorOf('name')}
        />
        {text !== undefined && (
          <Text as="p" tone="subdued">
            {text}
          </Text>
        )}
      </BlockStack>
    </FormDialog>
  );
}

interface TakeDialogProps {
  segment: { segmentId: bigint; name: string };
  onClose: () => void;
}

/** Asks for the name of a snapshot of a segment; afterwards the list of snapshots is opened. */
export function TakeSnapshotDialog({ segment, onClose }: TakeDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { isBusy, errors, send } = useSnapshotChange(t('snapshots.taken'), () => navigate(SNAPSHOTS));
  return (
    <NameDialog
      title={t('snapshots.take')}
      text={t('snapshots.take_text')}
      proposed={t('snapshots.proposed', { name: segment.name, day: format.day(new Date()) }).slice(
        0,
        SEGMENT_NAME_LENGTH_MAX,
      )}
      isBusy={isBusy}
      errors={errors}
      onSave={(name) => send({ intent: 'take', segmentId: String(segment.segmentId), name })}
      onClose={onClose}
    />
  );
}

export interface SnapshotAsk {
  what: 'rename' | 'delete';
  snapshot: ListedSnapshot;
}

/** The dialog for what is asked of a snapshot. */
export function SnapshotDialog({ ask, onClose }: { ask: SnapshotAsk; onClose: () => void }) {
  return ask.what === 'rename' ? (
    <RenameDialog snapshot={ask.snapshot} onClose={onClose} />
  ) : (
    <DeleteDialog snapshot={ask.snapshot} onClose={onClose} />
  );
}

interface AskProps {
  snapshot: ListedSnapshot;
  onClose: () => void;
}

function RenameDialog({ snapshot, onClose }: AskProps) {
  const { t } = useTranslation();
  const { isBusy, errors, send } = useSnapshotChange(t('common.saved'), onClose);
  const { snapshotId, name } = snapshot;
  return (
    <NameDialog
      title={t('snapshots.rename_title', { name })}
      proposed={name}
      isBusy={isBusy}
      errors={errors}
      onSave={(typed) => send({ intent: 'rename', snapshotId: String(snapshotId), name: typed })}
      onClose={onClose}
    />
  );
}

function DeleteDialog({ snapshot, onClose }: AskProps) {
  const { t } = useTranslation();
  const { isBusy, errors, send } = useSnapshotChange(t('snapshots.deleted'), onClose);
  const errorOf = useFieldErrorText(errors);
  const { snapshotId, name, usedBy } = snapshot;
  return (
    <Dialog
      title={t('snapshots.delete_title', { name })}
      error={errorOf('form')}
      action={{
        label: t('snapshots.delete'),
        isDestructive: true,
        isBusy,
        onAction: () => send({ intent: 'delete', snapshotId: String(snapshotId) }),
      }}
      onClose={onClose}
    >
      <BlockStack gap="300">
        <Text as="p">{t('snapshots.delete_text')}</Text>
        {usedBy.length > 0 && (
          <BlockStack gap="100">
            <Text as="p" tone="critical">
              {t('snapshots.delete_used')}
            </Text>
            <List>
              {usedBy.map((segment) => (
                <List.Item key={segment}>{segment}</List.Item>
              ))}
            </List>
          </BlockStack>
        )}
      </BlockStack>
    </Dialog>
  );
}
