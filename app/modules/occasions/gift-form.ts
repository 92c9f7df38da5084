/** The form of both gifts: its values in the browser, and the terms they mean. Runs on both sides: the example uses it too. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { moneyText, percentText, wholeText } from '#app/lib/form-fields.ts';
import type { GiftKind, GiftTerms } from './rules/gifts.ts';

const UNITS_MAX = 1_000_000_000;
const DAYS_BEFORE_MAX = 90;
const EXPIRES_DAYS_MAX = 3_650;

/** The values of one gift, without the kind that its fields begin with. */
interface GiftFields {
  version: string;
  isActive: boolean;
  timing: string;
  daysBefore: string;
  expiresDays: string;
  unit: string;
  mode: string;
  amount: string;
  percent: string;
}

/** The fields of both kinds: `birthday_amount`, `anniversary_amount`, ... */
export type GiftValues = {
  [Field in keyof GiftFields as `${GiftKind}_${Field}`]: GiftFields[Field];
};

/** The terms that one gift's fields mean. */
export interface GiftDraft extends GiftTerms {
  isActive: boolean;
  /** The version that the form was filled from; 0 before the first. */
  version: number;
}

/** Unused fields keep their values: a percent is not an error of a fixed gift. */
const UNUSED = { amount: 0n, percentBp: 0 };

function schemas(locale: string, currency: string) {
  const common = z.object({
    version: z
      .string()
      .regex(/^\d{1,9}$/, 'invalid')
      .transform(Number),
    isActive: z.boolean(),
    expiresDays: wholeText(locale, 1, EXPIRES_DAYS_MAX).transform(Number),
    unit: z.enum(['POINTS', 'CREDIT']),
  });
  const timing = z.discriminatedUnion('timing', [
    z.object({ timing: z.literal('on_day') }).transform(() => ({ daysBefore: 0 })),
    z.object({
      timing: z.literal('before'),
      daysBefore: wholeText(locale, 1, DAYS_BEFORE_MAX).transform(Number),
    }),
  ]);
  const points = z.object({ amount: wholeText(locale, 1, UNITS_MAX) });
  const money = z.object({ amount: moneyText(locale, currency, 1n) });
  const percent = z.object({ percent: percentText() });
  return { common, timing, points, money, percent };
}

type Read = { ok: true; draft: GiftDraft } | { ok: false; errors: FieldErrors };

/** Returns the fields of one kind, under their bare names. */
function fieldsOf(values: Record<string, unknown>, kind: GiftKind): Record<string, unknown> {
  const prefix = `${kind}_`;
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}

/** Reads the fields of one gift; errors are named as in the form (`birthday_amount`). */
export function readGiftForm(
  values: Record<string, unknown>,
  kind: GiftKind,
  locale: string,
  currency: string,
): Read {
  const fields = fieldsOf(values, kind);
  const schema = schemas(locale, currency);
  const isPercent = fields.mode === 'percent';
  const common = schema.common.safeParse(fields);
  const timing = schema.timing.safeParse(fields);
  const percent = isPercent ? schema.percent.safeParse(fields) : null;
  const amount = isPercent
    ? null
    : (fields.unit === 'CREDIT' ? schema.money : schema.points).safeParse(fields);
  const failed = [common, timing, percent, amount].flatMap((part) =>
    part && !part.success ? part.error : [],
  );
  if (!common.success || !timing.success || failed.length > 0) {
    return { ok: false, errors: errorsOf(failed, kind) };
  }
  return {
    ok: true,
    draft: {
      ...common.data,
      ...timing.data,
      ...UNUSED,
      amountMode: isPercent ? 'percent' : 'fixed',
      ...(amount?.success ? { amount: amount.data.amount } : {}),
      ...(percent?.success ? { percentBp: percent.data.percent } : {}),
    },
  };
}

function errorsOf(failed: readonly z.ZodError[], kind: GiftKind): FieldErrors {
  const errors = failed.flatMap((error) => Object.entries(fieldErrors(error)));
  return Object.fromEntries(errors.map(([field, error]) => [`${kind}_${field}`, error]));
}
