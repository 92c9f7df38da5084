/** Keeps people from losing what they typed: whatever leads away from a screen with unsaved input asks first. */
import { useBeforeUnload, useBlocker, type Location } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { createContext, useContext, useEffect, useId, useMemo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from './confirm-modal.tsx';

/** How a form shows that it isn't saved: with Shopify's save bar, which asks itself, or not at all. */
type Marked = 'save_bar' | 'nothing';
type Unsaved = Map<string, Marked>;

const UnsavedContext = createContext<Unsaved | null>(null);

/** State of a navigation that follows a save: nothing is lost by it. */
export const AFTER_SAVE = { isAfterSave: true };

const isAfterSave = ({ state }: Location): boolean =>
  typeof state === 'object' && state !== null && 'isAfterSave' in state;

/**
 * Says that a form has input that isn't saved. Until it is, the page's back arrow, links, the menu, the browser's Back and
 * a reload ask whether to leave. Does nothing outside `UnsavedProvider`.
 */
export function useUnsaved(isDirty: boolean, marked: Marked = 'nothing'): void {
  const unsaved = useContext(UnsavedContext);
  const id = useId();
  useEffect(() => {
    if (!isDirty || !unsaved) return undefined;
    unsaved.set(id, marked);
    return () => void unsaved.delete(id);
  }, [unsaved, id, isDirty, marked]);
}

/** Watches the ways out of the screens below it; a router takes only one that blocks. */
export function UnsavedProvider({ children }: { children: ReactNode }) {
  const unsaved = useRef<Unsaved>(new Map()).current;
  return (
    <UnsavedContext.Provider value={unsaved}>
      {children}
      <LeaveGuard unsaved={unsaved} />
    </UnsavedContext.Provider>
  );
}

function LeaveGuard({ unsaved }: { unsaved: Unsaved }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved.size > 0 && currentLocation.pathname !== nextLocation.pathname && !isAfterSave(nextLocation),
  );
  useBeforeUnload((event) => {
    if (unsaved.size > 0) event.preventDefault();
  });
  const hasSaveBar = useMemo(
    () => blocker.state === 'blocked' && [...unsaved.values()].includes('save_bar'),
    [blocker, unsaved],
  );
  useEffect(() => {
    if (blocker.state !== 'blocked' || !hasSaveBar) return;
    // Stays pending when the person stays; another way out asks again.
    void shopify.saveBar.leaveConfirmation().then(() => blocker.proceed());
  }, [blocker, hasSaveBar, shopify]);
  return (
    <ConfirmModal
      isOpen={blocker.state === 'blocked' && !hasSaveBar}
      title={t('common.leave_title')}
      text={t('common.leave_text')}
      confirm={t('common.leave')}
      isDestructive
      onConfirm={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    />
  );
}
