import type { RegionLevel } from './rules/regions.ts';

/** What the resource route `/app/regions` answers. */

export interface RegionChoice {
  code: string;
  name: string;
  /** In the country's own writing, null when that is Latin. */
  localName: string | null;
  /** The region around it, null of a province. */
  parent: { code: string; name: string } | null;
  postalCodes: readonly string[];
}

export interface RegionChoices {
  ok: true;
  items: RegionChoice[];
  /** Whether there are more than were listed; typing finds them. */
  isCut: boolean;
  /** What the country has lists of; of the rest one types. */
  levels: RegionLevel[];
}

export interface CountryChoices {
  ok: true;
  /** ISO 3166-1 alpha-2, in order; the browser knows the names. */
  countries: readonly string[];
}
