import { Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { ChoiceList, FormLayout, TextField } from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { TAG_LENGTH_MAX } from '../../rules/tag-names.ts';

const TAG_ID = 'kept-tag';

interface KeepTagDialogProps {
  /** The segment's name: what the tag is called unless staff choose another. */
  name: string;
  onClose: () => void;
}

/** Asks for the tag that members get. */
export function KeepTagDialog({ name, onClose }: KeepTagDialogProps) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [tag, setTag] = useState(name.replaceAll(',', ' '));
  useEffect(() => document.getElementById(TAG_ID)?.focus(), []);
  return (
    <FormDialog
      title={t('kept_tag.keep_title', { name })}
      action={{
        label: t('kept_tag.keep_confirm'),
        isBusy: action.isBusy,
        onAction: () => action.act({ intent: 'keep_tag', tag }, t('kept_tag.begun'), onClose),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <FormLayout>
        <Text as="p">{t('kept_tag.keep_text')}</Text>
        <TextField
          id={TAG_ID}
          label={t('kept_tag.tag')}
          value={tag}
          onChange={setTag}
          maxLength={TAG_LENGTH_MAX}
          error={errorOf('tag')}
          helpText={t('kept_tag.tag_help')}
        />
      </FormLayout>
    </FormDialog>
  );
}

interface StopTagDialogProps {
  tag: string;
  onClose: () => void;
}

/** Asks what becomes of the tag. */
export function StopTagDialog({ tag, onClose }: StopTagDialogProps) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [removes, setRemoves] = useState('');
  const error = errorOf('removes');
  return (
    <FormDialog
      title={t('kept_tag.stop_title', { tag })}
      action={{
        label: t('kept_tag.stop'),
        isDestructive: true,
        isBusy: action.isBusy,
        onAction: () => action.act({ intent: 'stop_tag', removes }, t('kept_tag.stopped'), onClose),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <ChoiceList
        title={t('kept_tag.stop_question')}
        choices={[
          { label: t('kept_tag.stop_remove', { tag }), value: 'yes' },
          { label: t('kept_tag.stop_leave', { tag }), value: 'no' },
        ]}
        selected={removes === '' ? [] : [removes]}
        onChange={([chosen = '']) => setRemoves(chosen)}
        {...(error ? { error } : {})}
      />
    </FormDialog>
  );
}
