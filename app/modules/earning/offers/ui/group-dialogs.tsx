import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '#app/components/dialog.tsx';
import { TextField } from '#app/components/fields.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import type { SaveAnswer } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { NAME_CHARACTERS_MAX } from '../offer-form.ts';
import type { OfferGroup } from '../offers.queries.server.ts';

/** What the merchant wants to do with a group. */
export type GroupAsk = { what: 'create' } | { what: 'rename' | 'remove'; group: OfferGroup };

/** The dialogs that make, rename and remove a group. */
export function useGroupDialogs(): { ask: (ask: GroupAsk) => void; dialog: ReactNode } {
  const [asked, setAsked] = useState<GroupAsk | null>(null);
  const close = () => setAsked(null);
  if (!asked) return { ask: setAsked, dialog: null };
  const dialog =
    asked.what === 'remove' ? (
      <RemoveDialog group={asked.group} onClose={close} />
    ) : (
      <NameDialog group={asked.what === 'rename' ? asked.group : null} onClose={close} />
    );
  return { ask: setAsked, dialog };
}

/** Posts to the screen; closes when it was done, and says why when it was not. */
function useGroupAction(onDone: () => void, done: string) {
  const { i18n } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<SaveAnswer>();
  const isBusy = fetcher.state !== 'idle';
  const answer = isBusy ? undefined : fetcher.data;
  useEffect(() => {
    if (!answer?.ok) return;
    shopify.toast.show(done);
    onDone();
    // Once an answer: the callbacks are created on each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [answer]);
  return {
    isBusy,
    errors: answer && !answer.ok ? answer.errors : {},
    post: (body: Record<string, string>) =>
      fetcher.submit({ ...body, locale: i18n.language }, { method: 'post', encType: 'application/json' }),
  };
}

function NameDialog({ group, onClose }: { group: OfferGroup | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(group?.name ?? '');
  const { isBusy, errors, post } = useGroupAction(onClose, t('common.saved'));
  const errorOf = useFieldErrorText(errors);
  const save = () =>
    post(
      group
        ? { intent: 'rename_group', groupId: String(group.groupId), groupName: name }
        : { intent: 'create_group', groupName: name },
    );
  return (
    <FormDialog
      title={group ? t('offers.rename_group') : t('offers.create_group')}
      action={{ label: t('common.save'), isBusy, onAction: save }}
      onClose={onClose}
    >
      <TextField
        id="groupName"
        label={t('offers.group_name')}
        helpText={t('offers.group_name_help')}
        value={name}
        error={errorOf('groupName') || errorOf('form')}
        maxLength={NAME_CHARACTERS_MAX}
        onChange={setName}
      />
    </FormDialog>
  );
}

function RemoveDialog({ group, onClose }: { group: OfferGroup; onClose: () => void }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const { isBusy, errors, post } = useGroupAction(onClose, t('offers.group_removed'));
  useEffect(() => {
    if (errors.form) shopify.toast.show(t('errors.field.not_saved'), { isError: true });
  }, [errors.form, shopify, t]);
  const { offers } = group;
  return (
    <ConfirmModal
      isOpen
      title={t('offers.remove_title', { name: group.name })}
      text={
        offers.length === 0
          ? t('offers.remove_empty_text')
          : t('offers.remove_text', { count: offers.length })
      }
      confirm={t('offers.remove')}
      isDestructive
      isBusy={isBusy}
      onConfirm={() => post({ intent: 'remove_group', groupId: String(group.groupId) })}
      onCancel={onClose}
    />
  );
}
