import { Banner, BlockStack, Modal } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  isOpen?: boolean;
  title: string;
  /** Without one, the dialog only shows something. */
  action?: {
    /** A verb. */
    label: string;
    isDestructive?: boolean;
    isDisabled?: boolean;
    isBusy?: boolean;
    onAction: () => void;
  };
  /** What went wrong, above the rest. */
  error?: string | false;
  isLarge?: boolean;
  /** The children bring their own padding. */
  isBare?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog over the screen. */
export function Dialog(props: DialogProps) {
  const { t } = useTranslation();
  const { isOpen = true, title, action, error = false, isLarge, isBare, onClose, children } = props;
  const { label = '', isDestructive = false, isDisabled = false, isBusy = false } = action ?? {};
  const buttons = action && {
    primaryAction: {
      content: label,
      destructive: isDestructive,
      disabled: isDisabled,
      loading: isBusy,
      onAction: action.onAction,
    },
    secondaryActions: [{ content: t('common.cancel'), onAction: onClose }],
  };
  return (
    <Modal open={isOpen} title={title} onClose={onClose} {...(isLarge ? { size: 'large' } : {})} {...buttons}>
      {isBare ? (
        children
      ) : (
        <Modal.Section>
          {error === false ? (
            children
          ) : (
            <BlockStack gap="400">
              <Banner tone="critical">{error}</Banner>
              {children}
            </BlockStack>
          )}
        </Modal.Section>
      )}
    </Modal>
  );
}

interface FormDialogProps extends DialogProps {
  action: NonNullable<DialogProps['action']>;
}

/** A dialog with fields: Enter in one does what the button does. */
export function FormDialog({ children, ...dialog }: FormDialogProps) {
  const { label, onAction } = dialog.action;
  return (
    <Dialog {...dialog}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAction();
        }}
      >
        {children}
        <button type="submit" hidden tabIndex={-1}>
          {label}
        </button>
      </form>
    </Dialog>
  );
}
