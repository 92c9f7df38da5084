import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldErrors } from '#app/lib/field-errors.ts';

/** What a form's action answers. */
export type SaveAnswer = { ok: true } | { ok: false; errors: FieldErrors };

type Values = Record<string, string | boolean>;

export interface Draft<T extends Values> {
  values: T;
  isDirty: boolean;
  isSaving: boolean;
  errors: FieldErrors;
  set: <K extends keyof T & string>(field: K, value: T[K]) => void;
  save: () => void;
  discard: () => void;
}

/**
 * A form's values as they are typed, over the saved ones. `save` posts all of them as JSON to the current route, with
 * the language that numbers are written in; what is wrong comes back by field, and the first such field gets the focus.
 */
export function useDraft<T extends Values>(saved: T): Draft<T> {
  const { t, i18n } = useTranslation();
  const shopify = useAppBridge();
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
    } else {
      setErrors(fetcher.data.errors);
      focusField(Object.keys(fetcher.data.errors)[0]);
    }
  }, [fetcher.state, fetcher.data, shopify, t]);

  return {
    values,
    isDirty,
    isSaving: fetcher.state !== 'idle',
    errors,
    set(field, value) {
      setEdits((current) => ({ ...current, [field]: value }));
      setErrors(({ [field]: _mended, form: _form, ...rest }) => rest);
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

function focusField(id: string | undefined): void {
  if (id !== undefined) document.getElementById(id)?.focus();
}
