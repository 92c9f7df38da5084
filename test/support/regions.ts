import fs from 'node:fs';
import path from 'node:path';
import { indexRegions, parseRegions, type RegionIndex } from '#app/modules/regions/rules/regions.ts';

const DATA = path.resolve(import.meta.dirname, '../../app/modules/regions/data');
const indexes = new Map<string, RegionIndex>();

/** The regions of a country as the app has them; read once. */
export function indexOf(country: string): RegionIndex {
  const known = indexes.get(country);
  if (known) return known;
  const { hasZones, regions } = parseRegions(fs.readFileSync(path.join(DATA, `${country}.tsv`), 'utf8'));
  const index = indexRegions(country, hasZones, regions);
  indexes.set(country, index);
  return index;
}
