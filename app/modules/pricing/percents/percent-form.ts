/** A percent of a customer's own, with its days and a note, as staff type it. Browser and server. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { dayText } from '#app/lib/form-fields.ts';
import { isTypedNegative, parsePercentInput } from '#app/lib/typed-number.ts';
import type { PersonPercent } from '#app/modules/customers/store-terms.server.ts';

export const PERCENT_NOTE_MAX = 200;
const BASIS_POINTS = 10_000;

function problemOf(text: string) {
  if (text.trim() === '') return 'required';
  return isTypedNegative(text) ? 'negative' : 'not_a_percent';
}

const percentForm = z.object({
  discount: z.string().transform((text, context): number => {
    const value = parsePercentInput(text);
    if (value === null) context.addIssue(problemOf(text));
    else if (value > BASIS_POINTS) context.addIssue(`too_large:${BASIS_POINTS / 100}`);
    else return value;
    return z.NEVER;
  }),
  discountFrom: dayText(),
  discountUntil: dayText(),
  discountNote: z
    .string()
    .trim()
    .max(PERCENT_NOTE_MAX, 'too_long')
    .transform((text) => text || null),
});

/** Reads the fields as typed, or says what is wrong by field. 0 is a percent too: the store's price. */
export function readPercentForm(
  values: unknown,
): { ok: true; percent: PersonPercent } | { ok: false; errors: FieldErrors } {
  const form = percentForm.safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { discount: bp, discountFrom: from, discountUntil: until, discountNote: note } = form.data;
  if (from !== null && until !== null && until < from)
    return { ok: false, errors: { discountUntil: { code: 'before_start' } } };
  return { ok: true, percent: { bp, from, until, note } };
}
