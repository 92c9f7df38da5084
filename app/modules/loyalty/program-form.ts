/** The Program form: what the browser holds, and the rule that it means. Runs on both sides: the preview uses it too. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { moneyText, wholeText } from '#app/lib/form-fields.ts';
import { PLAIN_TERMS, type SpendRule } from './rules/program.ts';
import type { Unit } from './rules/units.ts';

const NAME_CHARACTERS_MAX = 80;
const UNITS_MAX = 1_000_000_000;
const PENDING_DAYS_MAX = 365;
const LIFETIME_DAYS_MAX = 3_650;

/** The program part of the form, as typed. `lifetime` says whether `lifetimeDays` counts. */
export interface ProgramValues {
  [field: string]: string | boolean;
  name: string;
  isActive: boolean;
  unit: string;
  stepMinor: string;
  /** Points for one step, or money when the unit is credit. */
  units: string;
  pendingDays: string;
  lifetime: string;
  lifetimeDays: string;
  includeTax: boolean;
  includeShipping: boolean;
}

/** What the form means. */
export interface ProgramDraft {
  name: string;
  isActive: boolean;
  unit: Unit;
  rule: SpendRule;
}

function programSchema(locale: string, currency: string) {
  const common = {
    name: z.string().trim().min(1, 'required').max(NAME_CHARACTERS_MAX, 'too_long'),
    isActive: z.boolean(),
    stepMinor: moneyText(locale, currency, 1n),
    pendingDays: wholeText(locale, 0, PENDING_DAYS_MAX).transform(Number),
    includeTax: z.boolean(),
    includeShipping: z.boolean(),
  };
  const units = z.discriminatedUnion('unit', [
    z.object({ unit: z.literal('POINTS'), units: wholeText(locale, 1, UNITS_MAX) }),
    z.object({ unit: z.literal('CREDIT'), units: moneyText(locale, currency, 1n) }),
  ]);
  const lifetime = z.discriminatedUnion('lifetime', [
    z.object({ lifetime: z.literal('never') }),
    z.object({
      lifetime: z.literal('days'),
      lifetimeDays: wholeText(locale, 1, LIFETIME_DAYS_MAX).transform(Number),
    }),
  ]);
  return { common: z.object(common), units, lifetime };
}

/** Reads the program part of the form; answers what is wrong at which field when something is. */
export function readProgramForm(
  input: unknown,
  locale: string,
  currency: string,
): { ok: true; draft: ProgramDraft } | { ok: false; errors: FieldErrors } {
  const schema = programSchema(locale, currency);
  const common = schema.common.safeParse(input);
  const units = schema.units.safeParse(input);
  const lifetime = schema.lifetime.safeParse(input);
  if (!common.success || !units.success || !lifetime.success) {
    const errors: FieldErrors = {};
    for (const part of [common, units, lifetime])
      if (!part.success) Object.assign(errors, fieldErrors(part.error));
    return { ok: false, errors };
  }
  const { name, isActive, ...rule } = common.data;
  const lifetimeDays = lifetime.data.lifetime === 'days' ? lifetime.data.lifetimeDays : null;
  return {
    ok: true,
    draft: {
      name,
      isActive,
      unit: units.data.unit,
      rule: { ...PLAIN_TERMS, kind: 'spend', ...rule, units: units.data.units, lifetimeDays },
    },
  };
}
