import fs from 'node:fs';
import path from 'node:path';
import { LRUCache } from 'lru-cache';
import { VILLAGE_COUNTRIES } from './rules/address.ts';
import {
  codeKey,
  indexRegions,
  parseRegions,
  parseVillages,
  provinceOf,
  type RegionIndex,
} from './rules/regions.ts';

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
  if (!VILLAGE_COUNTRIES.includes(country)) return indexRegions(country, hasZones, regions);
  const index: RegionIndex = indexRegions(country, hasZones, regions, (district) =>
    readVillages(index, district),
  );
  return index;
}

/** An index of a district's villages takes some 10 kB, and a shop's customers live in few districts. */
const DISTRICTS_MAX = 500;
const districts = new LRUCache<string, RegionIndex>({ max: DISTRICTS_MAX });
/** The lines of each province's file, by district: 1.4 MB of text when all were asked for. */
const villageLines = new Map<string, ReadonlyMap<string, string>>();

/** Villages are not in the country's index, which every process that matches addresses keeps. */
function readVillages(index: RegionIndex, districtCode: string): RegionIndex | null {
  const key = `${index.country} ${districtCode}`;
  const known = districts.get(key);
  if (known !== undefined) return known;
  const district = index.byCode.get(codeKey('district', districtCode));
  const province = district && provinceOf(index, district);
  if (!province) return null;
  const line = readVillageLines(index.country, province.code).get(districtCode);
  if (line === undefined) return null;
  const villages = indexRegions(index.country, false, parseVillages(line));
  districts.set(key, villages);
  return villages;
}

function readVillageLines(country: string, provinceCode: string): ReadonlyMap<string, string> {
  const name = `${country}-${provinceCode}.tsv`;
  const known = villageLines.get(name);
  if (known !== undefined) return known;
  const text = fs.readFileSync(path.join(DATA, 'villages', name), 'utf8');
  const lines = new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf('\t')), line]));
  villageLines.set(name, lines);
  return lines;
}

/** Returns the countries an address can have: ISO 3166-1 alpha-2, sorted. */
export function readCountries(): readonly string[] {
  countries ??= fs.readFileSync(path.join(DATA, 'countries.txt'), 'utf8').trim().split('\n');
  return countries;
}
