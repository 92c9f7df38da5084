import type { CountryChoices, RegionChoice, RegionChoices } from './region-choices.ts';
import { readCountries, readRegions } from './regions.server.ts';
import { VILLAGE_COUNTRIES } from './rules/address.ts';
import { REGION_LEVELS, regionAround, type RegionIndex } from './rules/regions.ts';
import { searchRegions } from './rules/search-regions.ts';

const CHOICES_MAX = 100;
const QUERY_LENGTH_MAX = 100;

/**
 * Lists what a region picker shows for the address `?country=ID&level=city&parent=JB&q=ban`: the regions of that
 * level, or all countries for `level=country` and for anything that isn't a level. A country without data has no
 * levels; villages are those of one district.
 */
export function listRegions(search: URLSearchParams): RegionChoices | CountryChoices {
  const level = REGION_LEVELS.find((one) => one === search.get('level'));
  if (level === undefined) return { ok: true, countries: readCountries() };
  const index = readRegions(search.get('country') ?? '');
  if (index === null) return { ok: true, items: [], isCut: false, levels: [] };
  const parent = search.get('parent') || null;
  const query = (search.get('q') ?? '').slice(0, QUERY_LENGTH_MAX);
  const inside = level === 'village' ? index.villagesIn(parent ?? '') : index;
  if (inside === null) return { ok: true, items: [], isCut: false, levels: levelsOf(index) };
  const { regions, isCut } = searchRegions(inside, { level, parent, query, limit: CHOICES_MAX });
  const items = regions.map((region): RegionChoice => {
    const around = regionAround(index, region);
    const { code, name, localName, postalCodes } = region;
    return { code, name, localName, postalCodes, parent: around && { code: around.code, name: around.name } };
  });
  return { ok: true, items, isCut, levels: levelsOf(index) };
}

function levelsOf({ country, regions }: RegionIndex): RegionChoices['levels'] {
  return REGION_LEVELS.filter((level) =>
    level === 'village'
      ? VILLAGE_COUNTRIES.includes(country)
      : regions.some((region) => region.level === level),
  );
}
