import { Button } from '@shopify/polaris';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';

const FoldContext = createContext({ isOpen: false, toggle: () => {} });

/**
 * Around a list and its controls: on a phone what is `Folded` shows on a press of the `FoldToggle`, so that the list is
 * in sight; a desk has room for all of it and no toggle.
 */
export function PhoneFold({ startsOpen = false, children }: { startsOpen?: boolean; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(startsOpen);
  const fold = useMemo(() => ({ isOpen, toggle: () => setIsOpen(!isOpen) }), [isOpen]);
  return (
    <FoldContext.Provider value={fold}>
      <div className="phone-fold" {...(isOpen ? { 'data-open': '' } : {})}>
        {children}
      </div>
    </FoldContext.Provider>
  );
}

/** The button that shows and hides what is folded; `label` says what that is. */
export function FoldToggle({ label }: { label: string }) {
  const { isOpen, toggle } = useContext(FoldContext);
  return (
    <div className="phone-fold-toggle">
      <Button fullWidth disclosure={isOpen ? 'up' : 'down'} ariaExpanded={isOpen} onClick={toggle}>
        {label}
      </Button>
    </div>
  );
}

/** Controls that a phone folds away. */
export function Folded({ children }: { children: ReactNode }) {
  return <div className="phone-fold-body">{children}</div>;
}
