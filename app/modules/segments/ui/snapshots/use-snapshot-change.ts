import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import type { SnapshotAnswer } from '../../snapshots/snapshot-screens.server.ts';

/** The list's action; snapshots are taken on other screens, too. */
const ACTION = '/app/customers/segments/snapshots';

interface Change {
  isBusy: boolean;
  errors: FieldErrors;
  send: (values: Record<string, string>) => void;
}

/** Sends a change of a snapshot; says when it is done. */
export function useSnapshotChange(doneText: string, onDone: () => void): Change {
  const shopify = useAppBridge();
  const { data: answer, state, submit } = useFetcher<SnapshotAnswer>();
  const isBusy = state !== 'idle';
  useEffect(() => {
    if (isBusy || !answer?.ok) return;
    shopify.toast.show(doneText);
    onDone();
    // Only the answer matters: the callbacks are others with each rendering.
  }, [answer, isBusy]);
  return {
    isBusy,
    errors: !isBusy && answer && !answer.ok ? answer.errors : {},
    send: (values) => submit(values, { method: 'post', action: ACTION, encType: 'application/json' }),
  };
}
