/** The Membership form: its values in the browser, and the settings they mean. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { idText, listText, moneyText, wholeText } from '#app/lib/form-fields.ts';
import { parsePercentInput } from '#app/lib/typed-number.ts';
import { cleanJsonText } from '#app/lib/storable.ts';

export const TIERS_MAX = 10;
export const TIER_NAME_CHARACTERS_MAX = 40;
const PERIOD_DAYS_MAX = 3_650;
const KEEP_DAYS_MAX = 3_650;
const MULTIPLIER_PERCENT_MAX = 1_000;
const POINTS_MAX = 1_000_000_000_000;
const BASIS_POINTS = 10_000;

/** A row of the tier editor, as typed. */
export interface TypedTier {
  /** Empty for a new one. */
  tierId: string;
  name: string;
  /** Money or points, as the rule measures. */
  threshold: string;
  multiplier: string;
  discount: string;
}

export interface MembershipValues {
  [field: string]: string | boolean;
  selfJoin: boolean;
  joinsBySpend: boolean;
  joinAtSpend: string;
  tiersActive: boolean;
  measure: string;
  period: string;
  periodDays: string;
  keep: string;
  keepDays: string;
  /** `TypedTier[]` as JSON, lowest first. */
  tiers: string;
}

export interface TierDraft {
  tierId: bigint | null;
  name: string;
  threshold: bigint;
  multiplierPercent: number;
  memberDiscountBp: number;
}

/** The settings that the form means. */
export interface MembershipDraft {
  selfJoin: boolean;
  joinAtSpendMinor: bigint | null;
  tiersActive: boolean;
  measure: 'spend' | 'points';
  period: 'rolling' | 'calendar';
  /** Null if the choice beside it does not need them: what is stored stays. */
  periodDays: number | null;
  keep: 'none' | 'days' | 'period';
  keepDays: number | null;
  tiers: TierDraft[];
}

function discountText() {
  return z.string().transform((text, context): number => {
    const value = text.trim() === '' ? 0 : parsePercentInput(text);
    if (value === null) context.addIssue('not_a_percent');
    else if (value > BASIS_POINTS) context.addIssue(`too_large:${BASIS_POINTS / 100}`);
    else return value;
    return z.NEVER;
  });
}

function membershipForm(locale: string, currency: string, measure: unknown) {
  const threshold = measure === 'points' ? wholeText(locale, 0, POINTS_MAX) : moneyText(locale, currency, 0n);
  const tier = z.object({
    tierId: z.union([z.literal('').transform(() => null), idText()]),
    name: z.string().trim().min(1, 'required').max(TIER_NAME_CHARACTERS_MAX, 'too_long'),
    threshold,
    multiplier: wholeText(locale, 100, MULTIPLIER_PERCENT_MAX).transform(Number),
    discount: discountText(),
  });
  return z.object({
    selfJoin: z.boolean(),
    joinsBySpend: z.boolean(),
    tiersActive: z.boolean(),
    measure: z.enum(['spend', 'points'], 'invalid'),
    period: z.enum(['rolling', 'calendar'], 'invalid'),
    keep: z.enum(['none', 'days', 'period'], 'invalid'),
    tiers: listText(tier, TIERS_MAX),
  });
}

/** Fields that count only if a choice beside them needs them. */
function dependentFields(input: unknown, locale: string, currency: string) {
  const choices = z
    .object({ joinsBySpend: z.boolean(), period: z.string(), keep: z.string() })
    .catch({ joinsBySpend: false, period: '', keep: '' })
    .parse(input);
  const skipped = z.unknown().transform(() => null);
  return z.object({
    joinAtSpend: choices.joinsBySpend ? moneyText(locale, currency, 1n) : skipped,
    periodDays:
      choices.period === 'rolling' ? wholeText(locale, 1, PERIOD_DAYS_MAX).transform(Number) : skipped,
    keepDays: choices.keep === 'days' ? wholeText(locale, 1, KEEP_DAYS_MAX).transform(Number) : skipped,
  });
}

/** Reads the Membership form, or returns the errors by field. */
export function readMembershipForm(
  input: unknown,
  locale: string,
  currency: string,
): { ok: true; draft: MembershipDraft } | { ok: false; errors: FieldErrors } {
  const measure = z.object({ measure: z.unknown() }).safeParse(input).data?.measure;
  const form = membershipForm(locale, currency, measure).safeParse(input);
  const dependent = dependentFields(input, locale, currency).safeParse(input);
  const errors: FieldErrors = {};
  for (const part of [form, dependent]) if (!part.success) Object.assign(errors, fieldErrors(part.error));
  if (form.success) Object.assign(errors, ladderErrors(form.data.tiers));
  if (!form.success || !dependent.success || Object.keys(errors).length > 0) return { ok: false, errors };
  const { tiers, joinsBySpend: _joinsBySpend, ...rest } = form.data;
  const { joinAtSpend, periodDays, keepDays } = dependent.data;
  return {
    ok: true,
    draft: {
      ...rest,
      joinAtSpendMinor: joinAtSpend,
      periodDays,
      keepDays,
      tiers: tiers.map(({ multiplier, discount, ...tier }) => ({
        ...tier,
        multiplierPercent: multiplier,
        memberDiscountBp: discount,
      })),
    },
  };
}

/** Each tier must have a higher threshold than the one before, and a name of its own. */
function ladderErrors(tiers: readonly { name: string; threshold: bigint }[]): FieldErrors {
  const errors: FieldErrors = {};
  const names = new Set<string>();
  tiers.forEach(({ name, threshold }, index) => {
    const before = tiers[index - 1];
    if (before && threshold <= before.threshold)
      errors[`tiers.${index}.threshold`] = { code: 'not_ascending' };
    if (names.has(name.toLowerCase())) errors[`tiers.${index}.name`] = { code: 'name_taken' };
    names.add(name.toLowerCase());
  });
  return errors;
}

/** Returns the rows of the form; none for a text that is not a list. */
export function tiersIn(text: string): TypedTier[] {
  const rows = z
    .array(
      z.object({
        tierId: z.string(),
        name: z.string(),
        threshold: z.string(),
        multiplier: z.string(),
        discount: z.string(),
      }),
    )
    .safeParse(safeJson(text));
  return rows.success ? rows.data : [];
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(cleanJsonText(text));
  } catch {
    return null;
  }
}

/** Moves a tier one position up or down: thresholds stay where they are, everything else swaps. */
export function moveTier(tiers: readonly TypedTier[], index: number, by: 1 | -1): TypedTier[] {
  const moved = tiers[index];
  const other = tiers[index + by];
  if (!moved || !other) return [...tiers];
  return tiers.map((tier, at) => {
    if (at === index) return { ...other, threshold: tier.threshold };
    return at === index + by ? { ...moved, threshold: tier.threshold } : tier;
  });
}
