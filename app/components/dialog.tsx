import { Banner, BlockStack, Modal } from '@shopify/polaris';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ReturnFocus } from './return-focus.tsx';
import { useUnsaved } from './unsaved.ts';

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
    <>
      <ReturnFocus isOpen={isOpen} />
      <Modal
        open={isOpen}
        title={title}
        onClose={onClose}
        {...(isLarge ? { size: 'large' } : {})}
        {...buttons}
      >
        {isBare ? children : <DialogBody error={error}>{children}</DialogBody>}
      </Modal>
    </>
  );
}

function DialogBody({ error, children }: { error: string | false; children: ReactNode }) {
  return (
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
  );
}

interface FormDialogProps extends DialogProps {
  action: NonNullable<DialogProps['action']>;
}

/** A dialog with fields: Enter in one does what the button does, and what was typed isn't lost without a question. */
export function FormDialog({ children, ...dialog }: FormDialogProps) {
  const { isOpen = true, action } = dialog;
  const [isTouched, setIsTouched] = useState(false);
  useUnsaved(isOpen && isTouched);
  useEffect(() => {
    if (!isOpen) setIsTouched(false);
  }, [isOpen]);
  const act = () => {
    // What is sent is no longer lost; what it leads to may be another screen.
    setIsTouched(false);
    action.onAction();
  };
  return (
    <Dialog {...dialog} action={{ ...action, onAction: act }}>
      <form
        onChange={() => setIsTouched(true)}
        onSubmit={(event) => {
          event.preventDefault();
          act();
        }}
      >
        {children}
        <button type="submit" hidden tabIndex={-1}>
          {action.label}
        </button>
      </form>
    </Dialog>
  );
}
