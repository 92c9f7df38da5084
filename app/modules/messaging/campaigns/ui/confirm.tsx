import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import type { Action } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';

interface ConfirmProps {
  isOpen: boolean;
  action: Action;
  title: string;
  text: string;
  confirm: string;
  isDestructive?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before an action of a campaign, and shows why it wasn't done. */
export function Confirm({ action, onCancel, ...rest }: ConfirmProps) {
  const errorOf = useFieldErrorText(action.errors);
  return (
    <ConfirmModal
      {...rest}
      isBusy={action.isBusy}
      error={errorOf('form')}
      onCancel={() => {
        action.clear();
        onCancel();
      }}
    />
  );
}
