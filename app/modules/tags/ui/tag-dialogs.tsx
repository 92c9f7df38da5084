import { Banner, BlockStack, FormLayout, Modal, Select, Text, TextField } from '@shopify/polaris';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useAction, type Action } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { readColour, TAG_COLOURS, TAG_LENGTH_MAX, tidyTag, type TagColour } from '../rules/tag-names.ts';
import type { CatalogueTag } from '../tags.queries.server.ts';
import { TagBadge } from './tag-badge.tsx';

const NAME_ID = 'tag-name';

/** "12 customers", in the user's words. */
export function useCustomersWords(): (count: number) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (count) => t('tags.count', { count, number: format.number(count) });
}

interface DialogProps {
  title: string;
  confirm: string;
  action: Action;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

function Dialog({ title, confirm, action, onConfirm, onClose, children }: DialogProps) {
  const { t } = useTranslation();
  const errorOf = useFieldErrorText(action.errors);
  return (
    <Modal
      open
      title={title}
      onClose={onClose}
      primaryAction={{ content: confirm, loading: action.isBusy, onAction: onConfirm }}
      secondaryActions={[{ content: t('common.cancel'), onAction: onClose }]}
    >
      <Modal.Section>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onConfirm();
          }}
        >
          <BlockStack gap="400">
            {errorOf('form') && <Banner tone="critical">{errorOf('form')}</Banner>}
            {children}
          </BlockStack>
          <button type="submit" hidden tabIndex={-1}>
            {confirm}
          </button>
        </form>
      </Modal.Section>
    </Modal>
  );
}

/** A tag's name and colour: a new one, or one there is, whose new name is written at every customer. */
export function TagDialog({ tag, onClose }: { tag?: CatalogueTag; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useCustomersWords();
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
    <Dialog
      title={tag ? t('tags.edit_of', { name: tag.name }) : t('tags.add')}
      confirm={t('common.save')}
      action={action}
      onConfirm={save}
      onClose={onClose}
    >
      <FormLayout>
        <TextField
          id={NAME_ID}
          label={t('tags.name')}
          value={name}
          onChange={setName}
          maxLength={TAG_LENGTH_MAX}
          autoComplete="off"
          error={errorOf('name')}
          helpText={isWide ? t('tags.rename_help', { customers: words(tag.customers) }) : undefined}
        />
        <Select
          label={t('tags.colour')}
          options={TAG_COLOURS.map((one) => ({ value: one, label: t(`tags.colours.${one}`) }))}
          value={colour}
          onChange={(value) => setColour(readColour(value))}
        />
        <div>
          <TagBadge name={tidyTag(name) === '' ? t('tags.example') : tidyTag(name)} colour={colour} />
        </div>
      </FormLayout>
    </Dialog>
  );
}

interface MergeDialogProps {
  tag: CatalogueTag;
  tags: readonly CatalogueTag[];
  onClose: () => void;
}

/** Which tag whoever has this one gets instead. */
export function MergeDialog({ tag, tags, onClose }: MergeDialogProps) {
  const { t } = useTranslation();
  const words = useCustomersWords();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const others = tags.filter(({ tagKey }) => tagKey !== tag.tagKey);
  const [into, setInto] = useState('');
  const target = others.find(({ tagKey }) => tagKey === into);
  return (
    <Dialog
      title={t('tags.merge_of', { name: tag.name })}
      confirm={t('tags.merge')}
      action={action}
      onConfirm={() => action.act({ intent: 'merge', tagKey: tag.tagKey, into }, t('tags.begun'), onClose)}
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
    </Dialog>
  );
}

/** Asks before a tag goes from everybody. */
export function RemoveDialog({ tag, onClose }: { tag: CatalogueTag; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useCustomersWords();
  const action = useAction();
  const { name, customers } = tag;
  return (
    <ConfirmModal
      isOpen
      isDestructive
      isBusy={action.isBusy}
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
