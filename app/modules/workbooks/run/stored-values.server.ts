/** A row's values as they are stored. */
import { z } from 'zod';
import { openValues } from '../import/sealed-ids.server.ts';
import { isImportField, type RowValues } from '../rules/import-fields.ts';

const valuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));

/** Reads a shop's stored values; a field that is none is left out. @throws ZodError for something else. */
export function readValues(shopId: bigint, stored: unknown): RowValues {
  const values: RowValues = {};
  for (const [field, value] of Object.entries(valuesSchema.parse(stored)))
    if (isImportField(field)) values[field] = value;
  return openValues(shopId, values);
}
