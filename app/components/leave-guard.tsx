/**
 * Keeps people from losing the screen: whatever leads away from unsaved input asks first, and without a connection it stays,
 * as the next one could not be loaded.
 */
import { useBeforeUnload, useBlocker, type Location } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from './confirm-modal.tsx';
import { OfflineDialog } from './offline-dialog.tsx';
import { UnsavedContext, type Unsaved } from './unsaved.ts';

const isAfterSave = ({ state }: Location): boolean =>
  typeof state === 'object' && state !== null && 'isAfterSave' in state;

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
  const isLosing = useRef(false);
  const wasOffline = useRef(false);
  const [, askAgain] = useState(0);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    isLosing.current =
      unsaved.size > 0 && currentLocation.pathname !== nextLocation.pathname && !isAfterSave(nextLocation);
    wasOffline.current = !navigator.onLine;
    return isLosing.current || wasOffline.current;
  });
  const isOffline = blocker.state === 'blocked' && wasOffline.current;
  useBeforeUnload((event) => {
    if (unsaved.size > 0) event.preventDefault();
  });
  const hasSaveBar = useMemo(
    () => blocker.state === 'blocked' && !isOffline && [...unsaved.values()].includes('save_bar'),
    [blocker, unsaved, isOffline],
  );
  useEffect(() => {
    if (blocker.state !== 'blocked' || !hasSaveBar) return;
    // Stays pending when the person stays; another way out asks again.
    void shopify.saveBar.leaveConfirmation().then(() => blocker.proceed());
  }, [blocker, hasSaveBar, shopify]);
  if (blocker.state === 'blocked' && isOffline)
    return (
      <OfflineDialog
        onTryAgain={() => {
          wasOffline.current = false;
          // With a connection it is still a way that leads away from what was typed.
          if (isLosing.current) askAgain((times) => times + 1);
          else blocker.proceed();
        }}
        onStay={() => blocker.reset()}
      />
    );
  if (blocker.state !== 'blocked' || hasSaveBar) return null;
  // Only now in the document, and so above a dialog that is open already.
  return (
    <ConfirmModal
      isOpen
      title={t('common.leave_title')}
      text={t('common.leave_text')}
      confirm={t('common.leave')}
      isDestructive
      onConfirm={() => blocker.proceed()}
      onCancel={() => blocker.reset()}
    />
  );
}
