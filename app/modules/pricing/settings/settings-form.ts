/** The form of a shop's prices at checkout. Browser and server. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { idText, listText, percentOrZero } from '#app/lib/form-fields.ts';
import { SET_COLLECTIONS_MAX } from '../rules/price-rules.ts';
import { COMBINATIONS, type Combination } from './combination.ts';

export const REFUSAL_CHARACTERS_MAX = 200;

export interface PriceSettingsValues {
  [field: string]: string | boolean;
  version: string;
  isOn: boolean;
  combination: string;
  withProducts: boolean;
  withShipping: boolean;
  forCompanies: boolean;
  tax: string;
  refusal: string;
  setA: string;
  setB: string;
}

export interface PriceSettingsInput {
  version: number;
  isOn: boolean;
  combination: Combination;
  withProducts: boolean;
  withShipping: boolean;
  forCompanies: boolean;
  taxBp: number;
  refusal: string;
  setA: bigint[];
  setB: bigint[];
}

const collections = listText(z.object({ id: idText() }), SET_COLLECTIONS_MAX).transform((rows) => [
  ...new Set(rows.map(({ id }) => id)),
]);

const schema = z.object({
  version: z.coerce.number().int().catch(0),
  isOn: z.boolean(),
  combination: z.enum(COMBINATIONS),
  withProducts: z.boolean(),
  withShipping: z.boolean(),
  forCompanies: z.boolean(),
  tax: percentOrZero(),
  refusal: z.string().trim().max(REFUSAL_CHARACTERS_MAX, 'too_long'),
  setA: collections,
  setB: collections,
});

/** Reads the form, or says what is wrong by field. Where codes are refused, the customer is told why. */
export function readSettingsForm(
  values: unknown,
): { ok: true; input: PriceSettingsInput } | { ok: false; errors: FieldErrors } {
  const form = schema.safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  if (form.data.combination === 'refuse' && form.data.refusal === '')
    return { ok: false, errors: { refusal: { code: 'required' } } };
  const { tax: taxBp, ...input } = form.data;
  return { ok: true, input: { ...input, taxBp } };
}

export interface PickedCollection {
  id: string;
  title: string;
}

const picked = z.array(z.object({ id: z.string(), title: z.string() }));

/** The collections in a field of the form; none for a text that is no list. */
export function collectionsIn(text: string | boolean | undefined): PickedCollection[] {
  try {
    return picked.parse(JSON.parse(String(text)));
  } catch {
    return [];
  }
}
