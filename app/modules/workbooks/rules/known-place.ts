/** Rows that name the places of a customer as they are known, such as those of our own export. */
import type { CustomerAddress } from '#app/modules/regions/rules/address.ts';
import { REGION_LEVELS, type RegionLevel } from '#app/modules/regions/rules/regions.ts';
import { tidyText } from './cell-text.ts';
import type { RowProblem, RowValues, Suggestion } from './import-fields.ts';

/** What of a row that was read says where its customer lives. */
interface PlacedRow {
  values: RowValues;
  problems: RowProblem[];
  suggestions: Suggestion[];
  place: Readonly<Record<RegionLevel, string | null>> | null;
}

/** Whether all that a row says of places is written as its customer has it. `country` is the shop's. */
export function isKnownPlace(
  { values, place }: PlacedRow,
  known: CustomerAddress,
  country: string | null,
): boolean {
  if (place === null || (values.country ?? country) !== (known.countryCode ?? country)) return false;
  return REGION_LEVELS.every(
    (level) => place[level] === null || place[level] === tidyText(known[level] ?? ''),
  );
}

/** Returns a row without its places, and without what was wrong with them. */
export function withoutPlace<Row extends PlacedRow>(row: Row): Row {
  const values = { ...row.values };
  for (const level of REGION_LEVELS) delete values[level];
  const isOther = ({ field }: { field: string }) => !REGION_LEVELS.some((level) => level === field);
  return {
    ...row,
    values,
    problems: row.problems.filter(isOther),
    suggestions: row.suggestions.filter(isOther),
  };
}
