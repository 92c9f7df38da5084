/** The table of products as a form: a field a product, and beside it what it held when the page was read. */
import { z } from 'zod';
import { PRINTED_POINTS_MAX } from '#app/integrations/shopify/product-values.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { wholeText } from '#app/lib/form-fields.ts';

export type PointsValues = Record<string, string>;

/** More products than one page has were not typed by a person. */
const CHANGES_MAX = 100;

/** Name, and id in the document, of the field of a product's points. */
export const pointsField = (productId: bigint | string): string => `points-${productId}`;
const wasField = (productId: bigint | string): string => `was-${productId}`;

/** The form's values for these products. */
export function toPointsValues(
  products: readonly { productId: bigint; printedPoints: string | null }[],
): PointsValues {
  return Object.fromEntries(
    products.flatMap(({ productId, printedPoints }) => [
      [pointsField(productId), printedPoints ?? ''],
      [wasField(productId), printedPoints ?? ''],
    ]),
  );
}

export interface PointsChange {
  productId: bigint;
  points: bigint;
}

const FIELD = /^points-([1-9]\d{0,17})$/;

/** What was changed in the form; an empty field is no points. Whole numbers are read as typed in `locale`. */
export function readPointsForm(
  values: Readonly<Record<string, unknown>>,
  locale: string,
): { ok: true; changes: PointsChange[] } | { ok: false; errors: FieldErrors } {
  const changed = Object.entries(values).flatMap(([field, typed]) => {
    const [, id] = FIELD.exec(field) ?? [];
    if (id === undefined || typed === values[wasField(id)]) return [];
    return [[field, typeof typed === 'string' && typed.trim() === '' ? '0' : typed] as const];
  });
  if (changed.length > CHANGES_MAX) return { ok: false, errors: { form: { code: 'too_many' } } };
  const form = z
    .record(z.string(), wholeText(locale, 0, PRINTED_POINTS_MAX))
    .safeParse(Object.fromEntries(changed));
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  return {
    ok: true,
    changes: Object.entries(form.data).map(([field, points]) => ({
      productId: BigInt(FIELD.exec(field)?.[1] ?? 0),
      points,
    })),
  };
}
