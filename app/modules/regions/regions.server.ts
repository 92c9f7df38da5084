import fs from 'node:fs';
import path from 'node:path';
import { indexRegions, parseRegions, type RegionIndex } from './rules/regions.ts';

/** Relative to the root of the project, where both processes start (CONTRIBUTING.md). A build has no other copy. */
const DATA = path.resolve('app/modules/regions/data');

const indexes = new Map<string, RegionIndex | null>();
let countries: readonly string[] | null = null;

/**
 * Returns the regions of a country, or null when there is no data for it. Loaded on first use and cached: Indonesia
 * takes about 60 ms once (docs/decisions/0020-regions-and-tags.md has the figures).
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

/** Returns the countries an address can have: ISO 3166-1 alpha-2, sorted. */
export function readCountries(): readonly string[] {
  countries ??= fs.readFileSync(path.join(DATA, 'countries.txt'), 'utf8').trim().split('\n');
  return countries;
}
