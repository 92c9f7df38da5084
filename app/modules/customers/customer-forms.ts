/** The forms of the customer page, as the browser holds them. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { normaliseNationalId } from './rules/national-id.ts';

/** The details that staff fill in. */
export interface DetailsValues {
  [field: string]: string | boolean;
  /** Empty: the shop's default category. */
  categoryId: string;
  /** `YYYY-MM-DD` or empty. */
  birthDate: string;
  weddingDate: string;
  /** What is typed replaces the stored one; empty leaves it. */
  nationalId: string;
  removeNationalId: boolean;
  isTrial: boolean;
}

/** What the details form means. */
export interface DetailsDraft {
  categoryId: bigint | null;
  birthDate: string | null;
  weddingDate: string | null;
  /** `keep`, `remove`, or the new one. */
  nationalId: { change: 'keep' } | { change: 'remove' } | { change: 'set'; text: string };
  isTrial: boolean;
}

const FIRST_DAY = '1900-01-01';

function dayUntil(today: string) {
  return z
    .string()
    .trim()
    .transform((day, context): string | null => {
      if (day === '') return null;
      const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
      if (!isDay || day < FIRST_DAY) context.addIssue('not_a_day');
      else if (day > today) context.addIssue('in_future');
      else return day;
      return z.NEVER;
    });
}

function detailsForm(today: string) {
  return z.object({
    categoryId: z.string().transform((text, context): bigint | null => {
      if (text === '') return null;
      const id = readIdParam(text);
      if (id !== null) return id;
      context.addIssue('invalid');
      return z.NEVER;
    }),
    birthDate: dayUntil(today),
    weddingDate: dayUntil(today),
    nationalId: z
      .string()
      .trim()
      .refine((text) => text === '' || normaliseNationalId(text) !== null, { message: 'invalid' }),
    removeNationalId: z.boolean(),
    isTrial: z.boolean(),
  });
}

/** Reads the details form; `today` is the shop's. */
export function readDetailsForm(
  input: unknown,
  today: string,
): { ok: true; draft: DetailsDraft } | { ok: false; errors: FieldErrors } {
  const form = detailsForm(today).safeParse(input);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { nationalId: text, removeNationalId, ...rest } = form.data;
  const kept = removeNationalId ? ({ change: 'remove' } as const) : ({ change: 'keep' } as const);
  return { ok: true, draft: { ...rest, nationalId: text === '' ? kept : { change: 'set', text } } };
}

const testCustomerForm = z.object({ customerId: z.string(), isTrial: z.boolean() });

/** Whom the list of test customers gains or loses; null when the request does not say. */
export function readTestCustomerForm(input: unknown): { customerId: bigint; isTrial: boolean } | null {
  const form = testCustomerForm.safeParse(input);
  const customerId = form.success ? readIdParam(form.data.customerId) : null;
  return form.success && customerId !== null ? { customerId, isTrial: form.data.isTrial } : null;
}

const tierForm = z.object({ tierId: z.string(), reason: z.string() });

/** The tier that staff choose, and why; null when the request does not say. */
export function readTierForm(input: unknown): { tierId: bigint; reason: string } | null {
  const form = tierForm.safeParse(input);
  const tierId = form.success ? readIdParam(form.data.tierId) : null;
  return form.success && tierId !== null ? { tierId, reason: form.data.reason } : null;
}
