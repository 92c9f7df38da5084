import { Modal, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

interface ConfirmModalProps {
  isOpen: boolean;
  title: string;
  /** What will happen, and whether it can be undone. */
  text: string;
  /** What the button does, as a verb. */
  confirm: string;
  isDestructive?: boolean;
  isBusy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before something that changes more than what is on the screen. */
export function ConfirmModal(props: ConfirmModalProps) {
  const { t } = useTranslation();
  const { isOpen, title, text, confirm, isDestructive = false, isBusy = false, onConfirm, onCancel } = props;
  return (
    <Modal
      open={isOpen}
      title={title}
      onClose={onCancel}
      primaryAction={{ content: confirm, destructive: isDestructive, loading: isBusy, onAction: onConfirm }}
      secondaryActions={[{ content: t('common.cancel'), onAction: onCancel }]}
    >
      <Modal.Section>
        <Text as="p">{text}</Text>
      </Modal.Section>
    </Modal>
  );
}
