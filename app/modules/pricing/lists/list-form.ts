/** The form of a page of a price list. Browser and server. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { idText, listText, wholeText } from '#app/lib/form-fields.ts';
import { isTypedNegative, parseMoneyInput } from '#app/lib/typed-number.ts';
import { PRICE_MINOR_MAX, QUANTITY_MAX } from '../rules/list-rows.ts';

export const ROWS_A_PAGE = 50;
/** Rows that staff add to a page before they save. */
const ROWS_MAX = 4 * ROWS_A_PAGE;

/** A price as it is typed; an empty one is removed. */
export interface TypedPrice {
  variantId: string;
  quantity: string;
  price: string;
  /** What was stored when the page was read, in minor units; empty for a new one. */
  was: string;
}

export interface ListValues {
  [field: string]: string | boolean;
  intent: string;
  rows: string;
}

export interface PriceChange {
  variantId: bigint;
  quantity: number;
  /** Null: the price is removed. */
  priceMinor: bigint | null;
  wasMinor: bigint | null;
}

/** An amount above zero; null for an empty text. */
const priceText = (locale: string, currency: string) =>
  z.string().transform((text, context): bigint | null => {
    if (text.trim() === '') return null;
    const value = parseMoneyInput(text, currency, locale);
    if (value === null) context.addIssue(isTypedNegative(text) ? 'negative' : 'not_an_amount');
    else if (value < 1n) context.addIssue('too_small');
    else if (value > PRICE_MINOR_MAX) context.addIssue(`amount_too_large:${PRICE_MINOR_MAX}`);
    else return value;
    return z.NEVER;
  });

const storedText = z
  .string()
  .regex(/^\d{0,18}$/)
  .transform((text) => (text === '' ? null : BigInt(text)));

const priceSchema = (locale: string, currency: string) =>
  z.object({
    variantId: idText(),
    quantity: wholeText(locale, 1, QUANTITY_MAX).transform(Number),
    price: priceText(locale, currency),
    was: storedText,
  });

/** Reads the page as typed in `locale`; each variant and quantity once. */
export function readListForm(
  values: unknown,
  locale: string,
  currency: string,
): { ok: true; changes: PriceChange[] } | { ok: false; errors: FieldErrors } {
  const form = z.object({ rows: listText(priceSchema(locale, currency), ROWS_MAX) }).safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const errors: FieldErrors = {};
  const seen = new Set<string>();
  for (const [index, { variantId, quantity }] of form.data.rows.entries()) {
    const key = `${variantId} ${quantity}`;
    if (seen.has(key)) errors[`rows.${index}.quantity`] = { code: 'taken' };
    seen.add(key);
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    changes: form.data.rows.map(({ price, was, ...row }) => ({ ...row, priceMinor: price, wasMinor: was })),
  };
}

const typed = z.array(
  z.object({ variantId: z.string(), quantity: z.string(), price: z.string(), was: z.string() }),
);

/** The rows of the field as typed; none for a text that is no list. */
export function pricesIn(text: string | boolean | undefined): TypedPrice[] {
  try {
    return typed.parse(JSON.parse(String(text)));
  } catch {
    return [];
  }
}
