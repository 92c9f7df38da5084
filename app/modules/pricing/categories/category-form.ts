/** The form of a category: its values in the browser, and what they mean. Browser and server. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { listText, moneyText, percentOrZero, percentText, wholeText } from '#app/lib/form-fields.ts';
import { TAX_SHOWN, type CategoryPrice, type QuantityBreak } from '../rules/category-price.ts';

export const CATEGORIES_MAX = 30;
export const NAME_CHARACTERS_MAX = 40;
export const LABEL_CHARACTERS_MAX = 60;
export const BREAKS_MAX = 10;
const QUANTITY_MAX = 1_000_000;

export const COLORS = ['none', 'info', 'success', 'attention', 'warning', 'critical', 'magic'] as const;
export type CategoryColor = (typeof COLORS)[number];

/** A row of the form's table of breaks. */
export interface TypedBreak {
  quantity: string;
  percent: string;
}

export interface CategoryValues {
  [field: string]: string | boolean;
  version: string;
  name: string;
  color: string;
  loyaltyEnabled: boolean;
  allowsPersonDiscount: boolean;
  discount: string;
  breaks: string;
  breaksPer: string;
  minimum: string;
  minimumQuantity: string;
  onlySet: string;
  notSet: string;
  includesSale: boolean;
  includesSubscriptions: boolean;
  step: string;
  appliesAtTill: boolean;
  taxShown: string;
  opensResellerPage: boolean;
  label: string;
}

export interface CategoryInput {
  version: number;
  name: string;
  color: CategoryColor;
  loyaltyEnabled: boolean;
  allowsPersonDiscount: boolean;
  opensResellerPage: boolean;
  price: CategoryPrice;
}

const setText = z.enum(['', 'a', 'b']).transform((set) => (set === '' ? null : set));

const orZero = (type: z.ZodType<bigint, string>) =>
  z
    .string()
    .transform((text) => (text.trim() === '' ? '0' : text))
    .pipe(type);

function categorySchema(locale: string, currency: string) {
  const money = orZero(moneyText(locale, currency, 0n));
  return z.object({
    version: z.coerce.number().int().catch(0),
    name: z.string().trim().min(1, 'required').max(NAME_CHARACTERS_MAX, 'too_long'),
    color: z.enum(COLORS).catch('none'),
    loyaltyEnabled: z.boolean(),
    allowsPersonDiscount: z.boolean(),
    discount: percentOrZero(),
    breaks: listText(
      z.object({
        quantity: wholeText(locale, 2, QUANTITY_MAX).transform(Number),
        percent: percentText(),
      }),
      BREAKS_MAX,
    ),
    breaksPer: z.enum(['line', 'product']),
    minimum: money,
    minimumQuantity: orZero(wholeText(locale, 0, QUANTITY_MAX)).transform(Number),
    onlySet: setText,
    notSet: setText,
    includesSale: z.boolean(),
    includesSubscriptions: z.boolean(),
    step: money,
    appliesAtTill: z.boolean(),
    taxShown: z.enum(TAX_SHOWN),
    opensResellerPage: z.boolean(),
    label: z.string().trim().max(LABEL_CHARACTERS_MAX, 'too_long'),
  });
}

/** Reads the form as typed in `locale`, or says what is wrong by field. Thresholds and percents of breaks must rise. */
export function readCategoryForm(
  input: unknown,
  locale: string,
  currency: string,
): { ok: true; input: CategoryInput } | { ok: false; errors: FieldErrors } {
  const form = categorySchema(locale, currency).safeParse(input);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { discount, breaks, minimum, step, version, name, color, loyaltyEnabled, ...rest } = form.data;
  const { allowsPersonDiscount, opensResellerPage, ...price } = rest;
  const rows = breaks.map(({ quantity, percent }) => ({ quantity, bp: percent }));
  const errors = breakErrors(rows, discount);
  if (price.onlySet !== null && price.onlySet === price.notSet) errors.notSet = { code: 'invalid' };
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    input: {
      version,
      name,
      color,
      loyaltyEnabled,
      allowsPersonDiscount,
      opensResellerPage,
      price: { ...price, discountBp: discount, breaks: rows, minimumMinor: minimum, stepMinor: step },
    },
  };
}

function breakErrors(rows: readonly QuantityBreak[], discountBp: number): FieldErrors {
  const errors: FieldErrors = {};
  for (const [index, { quantity, bp }] of rows.entries()) {
    const below = rows[index - 1];
    if (below && quantity <= below.quantity) errors[`breaks.${index}.quantity`] = { code: 'not_rising' };
    if (bp <= (below?.bp ?? discountBp)) errors[`breaks.${index}.percent`] = { code: 'not_rising' };
  }
  return errors;
}

const typedBreaks = z.array(z.object({ quantity: z.string(), percent: z.string() }));

/** Returns the rows of the table as typed; none for a text that is no list. */
export function breaksIn(text: string | boolean | undefined): TypedBreak[] {
  try {
    return typedBreaks.parse(JSON.parse(String(text)));
  } catch {
    return [];
  }
}
