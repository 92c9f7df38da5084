import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useInvite } from '#app/modules/resellers/invitations/ui/use-invite.ts';
import type { BulkSelection } from './bulk-selection.ts';

interface BulkInviteProps {
  selection: BulkSelection;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before all selected customers are sent the sign-in link. */
export function BulkInvite({ selection, onClose, onDone }: BulkInviteProps) {
  const { t } = useTranslation();
  const { isBusy, errors, invite } = useInvite(onDone);
  const errorOf = useFieldErrorText(errors);
  return (
    <ConfirmModal
      isOpen
      title={t('invitations.bulk_title', { words: selection.words })}
      text={t('invitations.bulk_text')}
      confirm={t('invitations.invite')}
      isBusy={isBusy}
      error={errorOf('form')}
      onConfirm={() => invite({ selection: selection.sent })}
      onCancel={onClose}
    />
  );
}
