/** How an import's file is read, and what was proposed for it: found once, stored as JSON. */
import { z } from 'zod';
import { CSV_ENCODINGS } from '#app/integrations/csv/csv-encoding.ts';
import { CSV_DELIMITERS } from '#app/integrations/csv/csv-delimiters.ts';
import { IMPORT_FIELDS } from '../rules/import-fields.ts';

const sourceSchema = z.object({
  /** Null in a CSV. */
  sheet: z.string().nullable(),
  headingRow: z.number().int(),
  isFrom1904: z.boolean(),
  dialect: z.object({ encoding: z.enum(CSV_ENCODINGS), delimiter: z.enum(CSV_DELIMITERS) }).nullable(),
  /** Column letters -> heading. */
  headings: z.record(z.string(), z.string()),
  templateVersion: z.string().nullable(),
});
export type ImportSource = z.output<typeof sourceSchema>;

/** Reads a stored source; null where the file was not opened yet. */
export function readSource(stored: unknown): ImportSource | null {
  return sourceSchema.nullable().parse(stored ?? null);
}

const cell = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ serial: z.number() }),
  z.object({ percent: z.number() }),
  z.object({ error: z.string() }),
  z.object({ noValue: z.literal(true) }),
  z.object({ text: z.string(), mailto: z.string() }),
]);

const proposalSchema = z.object({
  columns: z.array(
    z.object({
      column: z.string(),
      heading: z.string(),
      field: z.enum(IMPORT_FIELDS).nullable(),
      isDoubtful: z.boolean(),
    }),
  ),
  /** The first rows below the heading. */
  sample: z.array(z.object({ row: z.number(), cells: z.record(z.string(), cell) })),
  notes: z.array(z.object({ code: z.string(), detail: z.string() })),
});
export type StoredProposal = z.output<typeof proposalSchema>;

/** Reads a stored proposal; null where there is none yet. */
export function readProposal(stored: unknown): StoredProposal | null {
  return proposalSchema.nullable().parse(stored ?? null);
}

/** Reads the cells of a stored row; national IDs are sealed (`openCells`). */
export function readStoredCells(stored: unknown): z.output<typeof cellsSchema> {
  return cellsSchema.parse(stored);
}
const cellsSchema = z.record(z.string(), z.union([cell, z.object({ sealed: z.string() })]));
