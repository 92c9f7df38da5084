/** A row's values as they are stored. */
import { z } from 'zod';
import { isImportField, type RowValues } from '../rules/import-fields.ts';

const valuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));

/** Reads stored values; a field that is none is left out. @throws ZodError for something else. */
export function readValues(stored: unknown): RowValues {
  const values: RowValues = {};
  for (const [field, value] of Object.entries(valuesSchema.parse(stored)))
    if (isImportField(field)) values[field] = value;
  return values;
}
