import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef, useState } from 'react';
import type { CostQuestion } from '#app/lib/cost-question.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import type { SaveAnswer } from './use-draft.ts';
import { AFTER_SAVE } from './unsaved.ts';

export interface Action {
  isBusy: boolean;
  errors: FieldErrors;
  /** What has to be meant before it is done: it is posted again with the question's figure as `meant`. */
  question: CostQuestion | null;
  /** Posts what is to be done; `doneText` is shown when it was done, `onDone` hears of it. */
  act: (values: Record<string, string>, doneText: string, onDone?: () => void) => void;
  /** Forgets what was wrong, and what was asked. */
  clear: () => void;
}

/** Does one thing through the current route, says so, and goes where that leads. */
export function useAction(): Action {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<SaveAnswer>();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [question, setQuestion] = useState<CostQuestion | null>(null);
  const waiting = useRef<{ doneText: string; onDone: (() => void) | undefined } | null>(null);
  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data || !waiting.current) return;
    const { doneText, onDone } = waiting.current;
    waiting.current = null;
    setQuestion(fetcher.data.ok ? null : (fetcher.data.question ?? null));
    if (!fetcher.data.ok) return setErrors(fetcher.data.errors);
    setErrors({});
    shopify.toast.show(doneText);
    onDone?.();
    if (fetcher.data.goTo !== undefined) navigate(fetcher.data.goTo, { state: AFTER_SAVE });
  }, [fetcher.state, fetcher.data, shopify, navigate]);
  return {
    isBusy: fetcher.state !== 'idle',
    errors,
    question,
    act(values, doneText, onDone) {
      waiting.current = { doneText, onDone };
      fetcher.submit(values, { method: 'post', encType: 'application/json' });
    },
    clear() {
      setErrors({});
      setQuestion(null);
    },
  };
}
