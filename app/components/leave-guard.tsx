/** Keeps people from losing what they typed: whatever leads away from a screen with unsaved input asks first. */
import { useBeforeUnload, useBlocker, type Location } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from './confirm-modal.tsx';
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
