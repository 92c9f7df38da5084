/** What the merchant decides about an import; stored with it. */
import { z } from 'zod';
import { isStorableDay } from '#app/lib/storable.ts';
import { CONSENT_SOURCES } from '#app/modules/crm/form/form-values.ts';
import { tidyTag } from '#app/modules/customers/rules/tag-key.ts';
import { wrongWithTag } from '#app/modules/tags/rules/tag-names.ts';
import { IMPORT_FIELDS, type ImportField } from '../rules/import-fields.ts';

const TAGS_MAX = 20;
const LOCALE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

const choicesSchema = z.object({
  /** Which rows are imported: new customers, known ones, or both. */
  mode: z.enum(['both', 'create', 'update']).default('both'),
  emptyCells: z.enum(['keep', 'clear']).default('keep'),
  /** By what a row is a known customer. */
  identity: z.enum(['phone_or_email', 'phone', 'email']).default('phone_or_email'),
  /** Whether doubtful rows are imported. */
  takesDoubtful: z.boolean().default(false),
  /** Whether values written almost right become what is suggested; else they are wrong. */
  takesSuggestions: z.boolean().default(true),
  /** The last day on which opening balances can be used; null: they do not expire. */
  openingUntil: z.string().refine(isStorableDay).nullable().default(null),
  /** Given to every customer of the file. */
  tags: z
    .array(
      z
        .string()
        .transform(tidyTag)
        .refine((tag) => wrongWithTag(tag) === null),
    )
    .max(TAGS_MAX)
    .default([]),
  consentSource: z.enum(CONSENT_SOURCES).default('other'),
  /** In which numbers are written as text; null: the shop's. */
  numberLocale: z.string().regex(LOCALE).nullable().default(null),
  dateOrder: z.enum(['dmy', 'mdy']).nullable().default(null),
});
export type ImportChoices = z.output<typeof choicesSchema>;

/** Reads choices, as stored or as sent; what is missing is the default. Null for what is none. */
export function readChoices(input: unknown): ImportChoices | null {
  return choicesSchema.safeParse(input ?? {}).data ?? null;
}

/** The verdicts of the rows that these choices leave to import. */
export function verdictsToRun({ mode, takesDoubtful }: ImportChoices): ('new' | 'updated' | 'doubtful')[] {
  return [
    ...(mode === 'update' ? [] : (['new'] as const)),
    ...(mode === 'create' ? [] : (['updated'] as const)),
    ...(takesDoubtful ? (['doubtful'] as const) : []),
  ];
}

/** The choices that decide what a row means: with another one of them all rows are checked again. */
export const CHECKED_CHOICES = [
  'emptyCells',
  'identity',
  'takesSuggestions',
  'numberLocale',
  'dateOrder',
] as const satisfies readonly (keyof ImportChoices)[];

const mappingSchema = z
  .record(z.string().regex(/^[A-Z]{1,3}$/), z.enum(IMPORT_FIELDS))
  .refine((mapping) => new Set(Object.values(mapping)).size === Object.values(mapping).length);

/** Reads a mapping, column letters -> field, each field once; null for what is none. */
export function readMapping(input: unknown): Record<string, ImportField> | null {
  return mappingSchema.safeParse(input).data ?? null;
}
