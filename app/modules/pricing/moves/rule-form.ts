/** The form of a rule that moves people. Browser and server. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { idText, moneyText, wholeText } from '#app/lib/form-fields.ts';
import { MOVE_MEASURES, type MoveRule } from '../rules/move-people.ts';

export const RULES_MAX = 10;
const DAYS_MAX = 3_650;
const COUNT_MAX = 1_000_000;

export interface MoveRuleValues {
  [field: string]: string | boolean;
  version: string;
  fromId: string;
  toId: string;
  measure: string;
  /** Orders or items. */
  count: string;
  /** Money. */
  amount: string;
  /** Empty: over all time. */
  days: string;
  goesBack: boolean;
}

export type MoveRuleInput = Omit<MoveRule, 'ruleId'> & { version: number };

const chosen = z.string().min(1, 'required').pipe(idText());

/** A number of days; empty is all time. */
const daysText = (locale: string) =>
  z.string().transform((text, context): number | null => {
    if (text.trim() === '') return null;
    const read = wholeText(locale, 1, DAYS_MAX).safeParse(text);
    if (read.success) return Number(read.data);
    for (const { message } of read.error.issues) context.addIssue(message);
    return z.NEVER;
  });

/** Reads the form as typed in `locale`, or says what is wrong by field. */
export function readMoveRuleForm(
  values: unknown,
  locale: string,
  currency: string,
): { ok: true; input: MoveRuleInput } | { ok: false; errors: FieldErrors } {
  const base = z
    .object({
      version: z.coerce.number().int().catch(0),
      fromId: chosen,
      toId: chosen,
      measure: z.enum(MOVE_MEASURES),
      days: daysText(locale),
      goesBack: z.boolean(),
    })
    .safeParse(values);
  if (!base.success) return { ok: false, errors: fieldErrors(base.error) };
  const { measure, ...rule } = base.data;
  const threshold = readThreshold(values, measure, locale, currency);
  if (!threshold.ok) return threshold;
  if (rule.fromId === rule.toId) return { ok: false, errors: { toId: { code: 'same_category' } } };
  return { ok: true, input: { ...rule, measure, threshold: threshold.value } };
}

/** The field of a measure: money for spend, a number for orders and items. */
function readThreshold(
  values: unknown,
  measure: MoveRule['measure'],
  locale: string,
  currency: string,
): { ok: true; value: bigint } | { ok: false; errors: FieldErrors } {
  const form =
    measure === 'spend'
      ? z.object({ amount: moneyText(locale, currency, 1n) }).transform(({ amount }) => amount)
      : z.object({ count: wholeText(locale, 1, COUNT_MAX) }).transform(({ count }) => count);
  const read = form.safeParse(values);
  return read.success ? { ok: true, value: read.data } : { ok: false, errors: fieldErrors(read.error) };
}
