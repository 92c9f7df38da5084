import { Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { FormLayout, Select, TextField } from '#app/components/fields.tsx';
import { useOptions } from '#app/components/use-options.ts';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { tidyTag } from '#app/modules/customers/rules/tag-key.ts';
import { readColour, TAG_COLOURS, TAG_LENGTH_MAX, type TagColour } from '../rules/tag-names.ts';
import type { CatalogueTag } from '../tags.queries.server.ts';
import { TagBadge } from './tag-badge.tsx';

const NAME_ID = 'tag-name';

/** "12 customers", in the user's words. */
export function useCustomerCountText(): (count: number) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (count) => t('tags.count', { count, number: format.number(count) });
}

/** A tag's name and colour: a new one, or one there is, whose new name is written at every customer. */
export function TagDialog({ tag, onClose }: { tag?: CatalogueTag; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useCustomerCountText();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [name, setName] = useState(tag?.name ?? '');
  const [colour, setColour] = useState<TagColour>(tag?.colour ?? 'grey');
  useEffect(() => document.getElementById(NAME_ID)?.focus(), []);
  const isRenamed = tag !== undefined && tidyTag(name) !== tag.name;
  const isWide = isRenamed && tag.customers > 0;
  const save = (): void => {
    const values = { intent: tag ? 'edit' : 'add', tagKey: tag?.tagKey ?? '', name, colour };
    action.act(values, isWide ? t('tags.begun') : t('common.saved'), onClose);
  };
  return (
    <FormDialog
      title={tag ? t('tags.edit_of', { name: tag.name }) : t('tags.add')}
      action={{ label: t('common.save'), isBusy: action.isBusy, onAction: save }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <FormLayout>
        <TextField
          id={NAME_ID}
          label={t('tags.name')}
          value={name}
          onChange={setName}
          maxLength={TAG_LENGTH_MAX}
          error={errorOf('name')}
          helpText={isWide ? t('tags.rename_help', { customers: words(tag.customers) }) : undefined}
        />
        <Select
          label={t('tags.colour')}
          options={useOptions(TAG_COLOURS, 'tags.colours')}
          value={colour}
          onChange={(value) => setColour(readColour(value))}
        />
        <div>
          <TagBadge name={tidyTag(name) === '' ? t('tags.example') : tidyTag(name)} colour={colour} />
        </div>
      </FormLayout>
    </FormDialog>
  );
}

interface MergeDialogProps {
  tag: CatalogueTag;
  tags: readonly CatalogueTag[];
  onClose: () => void;
}

/** The tag that replaces this one. */
export function MergeDialog({ tag, tags, onClose }: MergeDialogProps) {
  const { t } = useTranslation();
  const words = useCustomerCountText();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const others = tags.filter(({ tagKey }) => tagKey !== tag.tagKey);
  const [into, setInto] = useState('');
  const target = others.find(({ tagKey }) => tagKey === into);
  return (
    <FormDialog
      title={t('tags.merge_of', { name: tag.name })}
      action={{
        label: t('tags.merge'),
        isBusy: action.isBusy,
        onAction: () => action.act({ intent: 'merge', tagKey: tag.tagKey, into }, t('tags.begun'), onClose),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      <Select
        label={t('tags.merge_into')}
        placeholder={t('tags.choose')}
        options={others.map(({ tagKey, name }) => ({ value: tagKey, label: name }))}
        value={into}
        onChange={setInto}
        error={errorOf('into')}
      />
      {target && (
        <Text as="p">
          {t('tags.merge_text', { name: tag.name, target: target.name, customers: words(tag.customers) })}
        </Text>
      )}
    </FormDialog>
  );
}

/** Asks before a tag goes from everybody. */
export function RemoveDialog({ tag, onClose }: { tag: CatalogueTag; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useCustomerCountText();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const { name, customers } = tag;
  return (
    <ConfirmModal
      isOpen
      isDestructive
      isBusy={action.isBusy}
      error={errorOf('form')}
      title={t('tags.remove_title', { name })}
      text={
        customers === 0
          ? t('tags.remove_unused')
          : t('tags.remove_text', { name, customers: words(customers) })
      }
      confirm={t('tags.remove')}
      onConfirm={() =>
        action.act(
          { intent: 'remove', tagKey: tag.tagKey },
          customers === 0 ? t('tags.removed') : t('tags.begun'),
          onClose,
        )
      }
      onCancel={onClose}
    />
  );
}
