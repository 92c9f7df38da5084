/** A percent of a customer's own, with its days and a note, as staff type it. Browser and server. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { dayText } from '#app/lib/form-fields.ts';
import { parsePercentInput } from '#app/lib/format.ts';
import type { PersonPercent } from '#app/modules/customers/store-terms.server.ts';

export const PERCENT_NOTE_MAX = 200;
const BASIS_POINTS = 10_000;

const percentForm = (locale: string) =>
  z.object({
    discount: z.string().transform((text, context): number => {
      const value = parsePercentInput(text, locale);
      if (value === null) context.addIssue(text.trim() === '' ? 'required' : 'not_a_percent');
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

/** Reads the fields as typed in `locale`, or says what is wrong by field. 0 is a percent too: the store's price. */
export function readPercentForm(
  values: unknown,
  locale: string,
): { ok: true; percent: PersonPercent } | { ok: false; errors: FieldErrors } {
  const form = percentForm(locale).safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { discount: bp, discountFrom: from, discountUntil: until, discountNote: note } = form.data;
  if (from !== null && until !== null && until < from)
    return { ok: false, errors: { discountUntil: { code: 'before_start' } } };
  return { ok: true, percent: { bp, from, until, note } };
}
