import fs from 'node:fs';
import path from 'node:path';
import { indexRegions, parseRegions, type RegionIndex } from './rules/regions.ts';

/** From the root of the project, where both processes start (CONTRIBUTING.md); a build has no other place for it. */
const DATA = path.resolve('app/modules/regions/data');

const indexes = new Map<string, RegionIndex | null>();
let countries: readonly string[] | null = null;

/**
 * The regions of a country, null when there is no data of it. Read at the first question and kept: Indonesia takes
 * some 60 ms once (docs/decisions/0020-regions-and-tags.md has the figures).
 */
export function readRegions(country: string): RegionIndex | null {
  const known = indexes.get(country);
  if (known !== undefined) return known;
  const index = load(country);
  indexes.set(country, index);
  return index;
}

function load(country: string): RegionIndex | null {
  if (!/^[A-Z]{2}$/.test(country)) return null;
  const file = path.join(DATA, `${country}.tsv`);
  if (!fs.existsSync(file)) return null;
  const { hasZones, regions } = parseRegions(fs.readFileSync(file, 'utf8'));
  return indexRegions(country, hasZones, regions);
}

/** The countries that an address can have: ISO 3166-1 alpha-2, in order. */
export function readCountries(): readonly string[] {
  countries ??= fs.readFileSync(path.join(DATA, 'countries.txt'), 'utf8').trim().split('\n');
  return countries;
}
