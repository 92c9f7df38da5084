/** Which rows an export has, as the screens send it and as it is stored. */
import { z } from 'zod';
import { LOCALES } from '#app/i18n/locales.ts';
import { EXPORT_FORMATS, EXPORT_KINDS, EXPORT_SCOPES } from './export-kinds.ts';

const TICKED_MAX = 1_000;
const ADDRESS_CHARACTERS_MAX = 50_000;
const COLUMNS_MAX = 100;

/** Ticked customers, or the address parameters of the list that is exported. */
const selectionSchema = z.union([
  z.object({
    ids: z
      .array(z.string().regex(/^\d{1,18}$/))
      .min(1)
      .max(TICKED_MAX),
  }),
  z.object({ filter: z.string().max(ADDRESS_CHARACTERS_MAX) }),
]);
export type StoredSelection = z.output<typeof selectionSchema>;

const askedSchema = z.object({
  kind: z.enum(EXPORT_KINDS),
  format: z.enum(EXPORT_FORMATS),
  scope: z.enum(EXPORT_SCOPES),
  columns: z.array(z.string().max(COLUMNS_MAX)).min(1).max(COLUMNS_MAX),
  selection: selectionSchema,
  locale: z.enum(LOCALES),
});
export type ExportAsked = z.output<typeof askedSchema>;

/** Reads what a screen asks for; null for anything else. */
export function readAsked(input: unknown): ExportAsked | null {
  const asked = askedSchema.safeParse(input).data ?? null;
  // Only customers are ticked.
  return asked !== null && 'ids' in asked.selection && asked.kind !== 'customers' ? null : asked;
}

/** Reads a stored selection; null where there is none. */
export function readStoredSelection(stored: unknown): StoredSelection | null {
  return selectionSchema.safeParse(stored).data ?? null;
}
