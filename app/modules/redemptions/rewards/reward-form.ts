/** The form of a reward: its values in the browser, and what they mean. Runs on both sides: the preview uses it too. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { moneyText, percentText, wholeText } from '#app/lib/form-fields.ts';
import type { RewardInput } from './reward-rows.server.ts';

export const NAME_CHARACTERS_MAX = 80;
export const DESCRIPTION_CHARACTERS_MAX = 500;
const PICTURE_URL_CHARACTERS_MAX = 500;
const UNITS_MAX = 1_000_000_000;
const VALID_DAYS_MAX = 365;
const LIMIT_MAX = 1_000_000;
/** A gift has no code; the column stores what a code would have. */
const GIFT_VALID_DAYS = 30;

/** The values of a reward's form; an empty limit is none. */
export interface RewardValues {
  [field: string]: string | boolean;
  version: string;
  name: string;
  kind: string;
  unit: string;
  units: string;
  percent: string;
  amountMinor: string;
  /** Empty for no limit. */
  mostOffMinor: string;
  description: string;
  pictureUrl: string;
  minimumCartMinor: string;
  validDays: string;
  limitPerCustomer: string;
  limitTotal: string;
  combinesWithOrder: boolean;
  combinesWithProduct: boolean;
  combinesWithShipping: boolean;
}

function limitText(locale: string) {
  const limit = wholeText(locale, 1, LIMIT_MAX);
  return z.string().transform((text, context): number | null => {
    if (text.trim() === '') return null;
    const read = limit.safeParse(text);
    if (read.success) return Number(read.data);
    context.addIssue(read.error.issues[0]?.message ?? 'invalid');
    return z.NEVER;
  });
}

function optionalMoney(locale: string, currency: string) {
  const money = moneyText(locale, currency, 1n);
  return z.string().transform((text, context): bigint | null => {
    if (text.trim() === '') return null;
    const read = money.safeParse(text);
    if (read.success) return read.data;
    context.addIssue(read.error.issues[0]?.message ?? 'invalid');
    return z.NEVER;
  });
}

function isPicture(text: string): boolean {
  return text === '' || (URL.canParse(text) && new URL(text).protocol === 'https:');
}

function commonSchema(locale: string) {
  return z.object({
    name: z.string().trim().min(1, 'required').max(NAME_CHARACTERS_MAX, 'too_long'),
    limitPerCustomer: limitText(locale),
    limitTotal: limitText(locale),
  });
}

function unitsSchema(locale: string, currency: string) {
  return z.discriminatedUnion('unit', [
    z.object({ unit: z.literal('POINTS'), units: wholeText(locale, 1, UNITS_MAX) }),
    z.object({ unit: z.literal('CREDIT'), units: moneyText(locale, currency, 1n) }),
  ]);
}

function kindSchema(locale: string, currency: string) {
  const code = {
    minimumCartMinor: moneyText(locale, currency, 0n),
    validDays: wholeText(locale, 1, VALID_DAYS_MAX).transform(Number),
    combinesWithOrder: z.boolean(),
    combinesWithProduct: z.boolean(),
    combinesWithShipping: z.boolean(),
  };
  return z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('percent'),
      percent: percentText(),
      mostOffMinor: optionalMoney(locale, currency),
      ...code,
    }),
    z.object({ kind: z.literal('amount'), amountMinor: moneyText(locale, currency, 1n), ...code }),
    z.object({
      kind: z.literal('other'),
      description: z.string().trim().max(DESCRIPTION_CHARACTERS_MAX, 'too_long'),
      pictureUrl: z
        .string()
        .trim()
        .max(PICTURE_URL_CHARACTERS_MAX, 'too_long')
        .refine(isPicture, { message: 'not_a_web_address' }),
    }),
  ]);
}

export type RewardFormRead = { ok: true; input: RewardInput } | { ok: false; errors: FieldErrors };

/** Reads the form of a reward, or returns the errors by field. */
export function readRewardForm(values: unknown, locale: string, currency: string): RewardFormRead {
  const common = commonSchema(locale).safeParse(values);
  const units = unitsSchema(locale, currency).safeParse(values);
  const kind = kindSchema(locale, currency).safeParse(values);
  if (!common.success || !units.success || !kind.success) {
    const errors: FieldErrors = {};
    for (const part of [common, kind, units])
      if (!part.success) Object.assign(errors, fieldErrors(part.error));
    return { ok: false, errors };
  }
  return { ok: true, input: { ...common.data, ...units.data, ...termsOf(kind.data) } };
}

type KindData = z.infer<ReturnType<typeof kindSchema>>;

function termsOf(
  data: KindData,
): Omit<RewardInput, 'name' | 'unit' | 'units' | 'limitPerCustomer' | 'limitTotal'> {
  if (data.kind === 'other') {
    return {
      kind: 'other',
      percentBp: null,
      amountMinor: null,
      mostOffMinor: null,
      description: data.description,
      pictureUrl: data.pictureUrl === '' ? null : data.pictureUrl,
      minimumCartMinor: 0n,
      validDays: GIFT_VALID_DAYS,
      combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    };
  }
  return {
    kind: data.kind,
    percentBp: data.kind === 'percent' ? data.percent : null,
    amountMinor: data.kind === 'amount' ? data.amountMinor : null,
    mostOffMinor: data.kind === 'percent' ? data.mostOffMinor : null,
    description: '',
    pictureUrl: null,
    minimumCartMinor: data.minimumCartMinor,
    validDays: data.validDays,
    combinesWith: {
      orderDiscounts: data.combinesWithOrder,
      productDiscounts: data.combinesWithProduct,
      shippingDiscounts: data.combinesWithShipping,
    },
  };
}
