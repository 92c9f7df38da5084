import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import type { SegmentAnswer } from '../../saved/segment-screens.server.ts';

/** The list's action; segments are saved from other screens, too. */
const ACTION = '/app/customers/segments?index';

export interface NamedSegment {
  segmentId: bigint;
  name: string;
  version: number;
}

interface Change {
  isBusy: boolean;
  errors: FieldErrors;
  send: (values: Record<string, string>) => void;
}

/** Sends a change of a segment; when it is done, says so and hears where it can be seen. */
export function useSegmentChange(doneText: string, onDone: (goTo: string) => void): Change {
  const shopify = useAppBridge();
  const { data: answer, state, submit } = useFetcher<SegmentAnswer>();
  const isBusy = state !== 'idle';
  useEffect(() => {
    if (isBusy || !answer?.ok) return;
    shopify.toast.show(doneText);
    onDone(answer.goTo);
    // Only the answer matters: the callbacks are others with each rendering.
  }, [answer, isBusy]);
  return {
    isBusy,
    errors: !isBusy && answer && !answer.ok ? answer.errors : {},
    send: (values) => submit(values, { method: 'post', action: ACTION, encType: 'application/json' }),
  };
}
