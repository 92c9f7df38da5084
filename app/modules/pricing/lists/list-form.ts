/** The form of a page of a price list. Browser and server. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { idText, listText, moneyText, wholeText } from '#app/lib/form-fields.ts';
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

const priceSchema = (locale: string, currency: string) =>
  z.object({
    variantId: idText(),
    quantity: wholeText(locale, 1, QUANTITY_MAX).transform(Number),
    price: z
      .string()
      .transform((text) => (text.trim() === '' ? null : text))
      .pipe(
        z.null().or(moneyText(locale, currency, 1n).refine((minor) => minor <= PRICE_MINOR_MAX, 'too_large')),
      ),
    was: z
      .string()
      .regex(/^\d*$/)
      .transform((text) => (text === '' ? null : BigInt(text))),
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
