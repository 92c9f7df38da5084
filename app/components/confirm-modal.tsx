import { Text } from '@shopify/polaris';
import { Dialog } from './dialog.tsx';

interface ConfirmModalProps {
  isOpen: boolean;
  title: string;
  /** What will happen, and whether it can be undone. */
  text: string;
  /** What the button does, as a verb. */
  confirm: string;
  isDestructive?: boolean;
  isBusy?: boolean;
  /** What went wrong. */
  error?: string | false;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before something that changes more than what is on the screen. */
export function ConfirmModal(props: ConfirmModalProps) {
  const {
    isOpen,
    title,
    text,
    confirm,
    isDestructive = false,
    isBusy = false,
    error = false,
    onConfirm,
    onCancel,
  } = props;
  return (
    <Dialog
      isOpen={isOpen}
      title={title}
      action={{ label: confirm, isDestructive, isBusy, onAction: onConfirm }}
      error={error}
      onClose={onCancel}
    >
      <Text as="p">{text}</Text>
    </Dialog>
  );
}
