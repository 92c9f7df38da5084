import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { AFTER_SAVE } from './unsaved.ts';

/** What a form's action returns; `goTo` is the screen of what was created. */
export type SaveAnswer = { ok: true; goTo?: string } | { ok: false; errors: FieldErrors };

export type Values = Record<string, string | boolean>;

export interface Draft<T extends Values> {
  values: T;
  isDirty: boolean;
  isSaving: boolean;
  errors: FieldErrors;
  set: <K extends keyof T & string>(field: K, value: T[K]) => void;
  save: () => void;
  discard: () => void;
}

/** A draft of whatever values: what the form around the fields needs to know. */
export interface AnyDraft extends Omit<Draft<Values>, 'set'> {
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
  const submitted = useRef<Partial<T>>({});
  const values: T = { ...saved, ...edits };
  const isDirty = Object.entries(edits).some(([field, value]) => saved[field] !== value);

  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data) return;
    if (fetcher.data.ok) {
      setErrors({});
      // What was typed while the request ran stays as an unsaved change.
      setEdits((current) => without(current, submitted.current));
      shopify.toast.show(t('common.saved'));
      if (fetcher.data.goTo !== undefined) navigate(fetcher.data.goTo, { replace: true, state: AFTER_SAVE });
    } else {
      setErrors(fetcher.data.errors);
      focusField(Object.keys(fetcher.data.errors)[0]);
    }
  }, [fetcher.state, fetcher.data, shopify, navigate, t]);

  return {
    values,
    isDirty,
    isSaving: fetcher.state !== 'idle',
    errors,
    set(field, value) {
      setEdits((current) => ({ ...current, [field]: value }));
      setErrors((current) => withoutErrorsOf(field, current));
    },
    save() {
      submitted.current = edits;
      fetcher.submit({ ...values, locale: i18n.language }, { method: 'post', encType: 'application/json' });
    },
    discard() {
      setEdits({});
      setErrors({});
    },
  };
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
