import type { RegionLevel } from './rules/regions.ts';

/** The response of the resource route `/app/regions`. */

export interface RegionChoice {
  code: string;
  name: string;
  /** In the country's own script; null when that is Latin. */
  localName: string | null;
  /** The enclosing region; null for a province. */
  parent: { code: string; name: string } | null;
  postalCodes: readonly string[];
}

export interface RegionChoices {
  ok: true;
  items: RegionChoice[];
  /** Whether there are more than listed; typing narrows them down. */
  isCut: boolean;
  /** The levels the country has lists for; the others are typed. */
  levels: RegionLevel[];
}

export interface CountryChoices {
  ok: true;
  /** ISO 3166-1 alpha-2, sorted; the browser knows the names. */
  countries: readonly string[];
}
