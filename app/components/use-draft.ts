import { useFetcher, useNavigate, useRevalidator } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CostQuestion } from '#app/lib/cost-question.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { AFTER_SAVE } from './unsaved.ts';

/**
 * What a form's action returns; `goTo` is the screen of what was created. Nothing is saved while there is a `question`:
 * the form is sent again with its figure as `meant`.
 */
export type SaveAnswer =
  { ok: true; goTo?: string } | { ok: false; errors: FieldErrors; question?: CostQuestion };

export type Values = Record<string, string | boolean>;

export interface Draft<T extends Values> {
  values: T;
  isDirty: boolean;
  isSaving: boolean;
  errors: FieldErrors;
  /** What has to be meant before it is saved. */
  question: CostQuestion | null;
  /** The saved values of fields that someone else changed meanwhile, and this person too; null while no one did. */
  theirs: Partial<T> | null;
  set: <K extends keyof T & string>(field: K, value: T[K]) => void;
  save: () => void;
  /** Saves with the question's figure; null to go back to the form. */
  answer: (figure: string | null) => void;
  discard: () => void;
}

/** A draft of whatever values: what the form around the fields needs to know. */
export interface AnyDraft extends Omit<Draft<Values>, 'set' | 'theirs'> {
  theirs: Readonly<Record<string, string | boolean | undefined>> | null;
  set(field: string, value: string | boolean): void;
}

/**
 * A form's values as they are typed, over the saved ones. `save` posts all of them as JSON to the current route, with
 * the language that numbers are written in; what is wrong comes back by field, and the first such field gets the focus.
 */
export function useDraft<T extends Values>(saved: T): Draft<T> {
  const { t, i18n } = useTranslation();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<SaveAnswer>();
  const [edits, setEdits] = useState<Partial<T>>({});
  const [errors, setErrors] = useState<FieldErrors>({});
  const [question, setQuestion] = useState<CostQuestion | null>(null);
  const submitted = useRef<Partial<T>>({});
  const meant = useRef<string[]>([]);
  const conflict = useConflict(saved, edits);
  const values: T = { ...saved, ...edits };
  const isDirty = Object.entries(edits).some(([field, value]) => saved[field] !== value);

  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data) return;
    if (fetcher.data.ok) {
      setErrors({});
      setQuestion(null);
      meant.current = [];
      conflict.end();
      // What was typed while the request ran stays as an unsaved change.
      setEdits((current) => without(current, submitted.current));
      shopify.toast.show(t('common.saved'));
      if (fetcher.data.goTo !== undefined) navigate(fetcher.data.goTo, { replace: true, state: AFTER_SAVE });
    } else {
      setErrors(fetcher.data.errors);
      setQuestion(fetcher.data.question ?? null);
      if (fetcher.data.errors.form?.code === 'changed_meanwhile') conflict.begin();
      focusField(Object.keys(fetcher.data.errors)[0]);
    }
    // Once an answer: the conflict is of the values that were saved then.
  }, [fetcher.state, fetcher.data, shopify, navigate, t]);

  const send = () => {
    submitted.current = edits;
    const figures = meant.current.length === 0 ? {} : { meant: meant.current.join(',') };
    fetcher.submit(
      { ...values, ...figures, locale: i18n.language },
      { method: 'post', encType: 'application/json' },
    );
  };

  return {
    values,
    isDirty,
    isSaving: fetcher.state !== 'idle',
    errors,
    question,
    theirs: conflict.theirs,
    set(field, value) {
      meant.current = [];
      setEdits((current) => ({ ...current, [field]: value }));
      setErrors((current) => withoutErrorsOf(field, current));
    },
    save: send,
    answer(figure) {
      if (figure === null) return setQuestion(null);
      meant.current.push(figure);
      send();
    },
    discard() {
      setEdits({});
      setErrors({});
      conflict.end();
    },
  };
}

/**
 * Two people, one form. After a refusal what is saved now is read, so that the next save is over it; `theirs` is what
 * both changed. What only the other person changed is in the form already.
 */
function useConflict<T extends Values>(saved: T, edits: Partial<T>) {
  const { revalidate } = useRevalidator();
  const [before, setBefore] = useState<T | null>(null);
  return {
    theirs: before && changedByBoth(before, saved, edits),
    begin() {
      setBefore((known) => known ?? saved);
      revalidate();
    },
    end: () => setBefore(null),
  };
}

function changedByBoth<T extends Values>(before: T, saved: T, edits: Partial<T>): Partial<T> {
  const theirs: Partial<T> = {};
  for (const field of Object.keys(edits)) {
    const isTheirs = saved[field] !== before[field] && saved[field] !== edits[field];
    if (isTheirs) Object.assign(theirs, { [field]: saved[field] });
  }
  return theirs;
}

function without<T extends Values>(edits: Partial<T>, done: Partial<T>): Partial<T> {
  const left = { ...edits };
  for (const field of Object.keys(done)) if (left[field] === done[field]) delete left[field];
  return left;
}

/** A list's errors are those of its parts: `rows.2.units` goes when `rows` changes. */
function withoutErrorsOf(field: string, errors: FieldErrors): FieldErrors {
  const isMended = (name: string) => name === field || name === 'form' || name.startsWith(`${field}.`);
  return Object.fromEntries(Object.entries(errors).filter(([name]) => !isMended(name)));
}

function focusField(id: string | undefined): void {
  if (id !== undefined) document.getElementById(id)?.focus();
}
