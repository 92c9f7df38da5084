import { useNavigate } from '@remix-run/react';
import { BlockStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AFTER_SAVE } from '#app/components/unsaved.ts';
import { FormDialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { SEGMENT_NAME_LENGTH_MAX } from '../../saved/rules/segment-name.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { useSegmentChange, type NamedSegment } from './use-segment-change.ts';

const NAME_ID = 'segment-name';

/** What is asked for in a dialog. */
export type SegmentAsk =
  | { what: 'create'; filter: string; proposedName?: string }
  | { what: 'rename' | 'duplicate' | 'delete'; segment: NamedSegment };

interface AskProps {
  ask: SegmentAsk;
  onClose: () => void;
}

/** The dialog for what is asked. A new segment and a copy are opened when they are there. */
export function SegmentDialog({ ask, onClose }: AskProps) {
  return ask.what === 'delete' ? (
    <DeleteDialog segment={ask.segment} onClose={onClose} />
  ) : (
    <NameDialog ask={ask} onClose={onClose} />
  );
}

interface NameDialogProps {
  ask: Exclude<SegmentAsk, { what: 'delete' }>;
  onClose: () => void;
}

function NameDialog({ ask, onClose }: NameDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const own = 'segment' in ask ? ask.segment : null;
  const [name, setName] = useState(() => {
    if (own === null) return ('proposedName' in ask && ask.proposedName) || '';
    return ask.what === 'duplicate' ? t('segment_list.copy_of', { name: own.name }) : own.name;
  });
  const { isBusy, errors, send } = useSegmentChange(t('common.saved'), (goTo) => {
    onClose();
    if (ask.what !== 'rename') navigate(goTo, { state: AFTER_SAVE });
  });
  const errorOf = useFieldErrorText(errors);
  useEffect(() => document.getElementById(NAME_ID)?.focus(), []);
  const save = (): void =>
    send({
      intent: ask.what,
      name,
      ...(own ? { segmentId: String(own.segmentId), version: String(own.version) } : {}),
      ...('filter' in ask ? { filter: ask.filter } : {}),
    });
  return (
    <FormDialog
      title={t(`segment_list.${ask.what}_title`, { name: own?.name ?? '' })}
      action={{ label: t('common.save'), isBusy, onAction: save }}
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
        {ask.what === 'create' && (
          <Text as="p" tone="subdued">
            {t('segment_list.create_help')}
          </Text>
        )}
      </BlockStack>
    </FormDialog>
  );
}
