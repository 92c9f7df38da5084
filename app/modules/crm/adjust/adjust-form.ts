/** The Adjust form: what the browser holds, and the adjustment that it means. Runs on both sides: the preview uses it too. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { dayText, moneyText, wholeText } from '#app/lib/form-fields.ts';
import {
  ADJUST_REASONS,
  kindOfReason,
  MAY_HAVE_ORDER,
  NEEDS_ORDER,
  type AdjustReason,
} from '#app/modules/ledger/rules/adjustment.ts';
import type { Unit } from '#app/lib/units.ts';

export const NOTE_CHARACTERS_MAX = 500;
const UNITS_MAX = 1_000_000_000;

/** The form as typed. Days are `YYYY-MM-DD`; `expiresOn` applies only with the matching `lifetime`. */
export interface AdjustValues {
  [field: string]: string;
  /** `add` or `remove`: which reasons there are. */
  direction: string;
  reason: string;
  unit: string;
  amount: string;
  effectiveOn: string;
  validFromOn: string;
  lifetime: string;
  expiresOn: string;
  orderId: string;
  note: string;
}

/** What the form means. */
export interface AdjustDraft {
  reason: AdjustReason;
  unit: Unit;
  amount: bigint;
  effectiveOn: string;
  validFromOn: string;
  /** The last day of use; null for no expiry. */
  expiresOn: string | null;
  orderId: bigint | null;
  note: string;
}

/** What the form is read with. `today` is the shop's calendar day. */
export interface AdjustContext {
  locale: string;
  currency: string;
  today: string;
}

const day = dayText().transform((text, context) => {
  if (text !== null) return text;
  context.addIssue('required');
  return z.NEVER;
});

/** Reads the form, or returns its errors by field. Days compare as text. */
export function readAdjustForm(
  input: unknown,
  { locale, currency, today }: AdjustContext,
): { ok: true; draft: AdjustDraft } | { ok: false; errors: FieldErrors } {
  const what = z
    .object({
      reason: z.enum(ADJUST_REASONS, 'required'),
      effectiveOn: day.refine((text) => text <= today, 'in_future'),
      note: z.string().trim().max(NOTE_CHARACTERS_MAX, 'too_long'),
      orderId: z.string().regex(/^\d{0,19}$/, 'invalid'),
    })
    .safeParse(input);
  const amount = z
    .discriminatedUnion('unit', [
      z.object({ unit: z.literal('POINTS'), amount: wholeText(locale, 1, UNITS_MAX) }),
      z.object({ unit: z.literal('CREDIT'), amount: moneyText(locale, currency, 1n) }),
    ])
    .safeParse(input);
  const isDeduction = what.data !== undefined && kindOfReason(what.data.reason) === 'manual_deduct';
  const days = isDeduction ? null : readDays(input, today);
  const errors = { ...problemsOf(what), ...problemsOf(amount), ...(days?.errors ?? {}) };
  const orderId = what.data === undefined ? null : orderOf(what.data);
  if (what.data?.reason === NEEDS_ORDER && orderId === null) errors.orderId = { code: 'required' };
  if (!what.success || !amount.success || Object.keys(errors).length > 0) return { ok: false, errors };
  const { reason, effectiveOn, note } = what.data;
  return {
    ok: true,
    draft: {
      reason,
      ...amount.data,
      effectiveOn,
      validFromOn: days?.validFromOn ?? effectiveOn,
      expiresOn: days?.expiresOn ?? null,
      orderId,
      note,
    },
  };
}

/** An order that was chosen before the reason was changed does not count. */
function orderOf({ reason, orderId }: { reason: AdjustReason; orderId: string }): bigint | null {
  return MAY_HAVE_ORDER.includes(reason) && orderId !== '' ? BigInt(orderId) : null;
}

interface Days {
  validFromOn: string;
  expiresOn: string | null;
  errors: FieldErrors;
}

function readDays(input: unknown, today: string): Days {
  const from = z.object({ validFromOn: day }).safeParse(input);
  const until = z
    .discriminatedUnion('lifetime', [
      z.object({ lifetime: z.literal('never') }),
      z.object({ lifetime: z.literal('until'), expiresOn: day.refine((text) => text >= today, 'in_past') }),
    ])
    .safeParse(input);
  const validFromOn = from.data?.validFromOn ?? '';
  const expiresOn = until.data?.lifetime === 'until' ? until.data.expiresOn : null;
  const errors = { ...problemsOf(from), ...problemsOf(until) };
  if (expiresOn !== null && expiresOn < validFromOn) errors.expiresOn = { code: 'before_start' };
  return { validFromOn, expiresOn, errors };
}

function problemsOf(parsed: { success: boolean; error?: z.ZodError | undefined }): FieldErrors {
  return parsed.error ? fieldErrors(parsed.error) : {};
}
