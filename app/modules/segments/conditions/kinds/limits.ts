import { z } from 'zod';

/** Values in one condition. */
export const VALUES_MAX = 100;
export const TEXT_CHARACTERS_MAX = 200;
const DAYS_MAX = 36_500;

/** An integer that a bigint of the database holds for certain. */
export const integerText = z.string().regex(/^(0|-?[1-9]\d{0,14})$/);
export const idText = z.string().regex(/^[1-9]\d{0,17}$/);
export const days = z.int().min(0).max(DAYS_MAX);
export const text = z
  .string()
  .trim()
  .min(1)
  .max(TEXT_CHARACTERS_MAX)
  // Controls, and halves of surrogate pairs, which the database does not store.
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);

const isDay = (value: string) => {
  const ms = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value);
};

/** `YYYY-MM-DD` from 1900 to 2199 */
export const day = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\d$/)
  .refine(isDay);

/** `MM-DD`, 29 February included */
export const monthDay = z
  .string()
  .regex(/^\d\d-\d\d$/)
  .refine((value) => isDay(`2000-${value}`));

/** At least one text, each once, in the order given. */
export function listOf(item: z.ZodType<string>): z.ZodType<string[]> {
  return z
    .array(item)
    .min(1)
    .max(VALUES_MAX)
    .refine((items) => new Set(items).size === items.length);
}
