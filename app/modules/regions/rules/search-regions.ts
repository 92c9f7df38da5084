import { findRegion } from './find-region.ts';
import { nameWords } from './region-names.ts';
import { codeKey, provinceOf, type Region, type RegionIndex, type RegionLevel } from './regions.ts';

export interface RegionSearch {
  level: RegionLevel;
  /**
   * Limits the search to one region: a province's code for cities, a city's for districts, a district's for
   * villages; null for the whole country.
   */
  parent: string | null;
  /** A part of a name in either script, or an abbreviation; '' for all. */
  query: string;
  limit: number;
}

/**
 * Searches the regions to choose from, sorted by name, those whose name starts with the query first. `isCut`: there
 * were more than `limit`. A country's districts are never listed without a city.
 */
export function searchRegions(
  index: RegionIndex,
  search: RegionSearch,
): { regions: Region[]; isCut: boolean } {
  const { level, parent, query, limit } = search;
  if (parent === null && (level === 'district' || level === 'village')) return { regions: [], isCut: false };
  const isInside = insideOf(index, level, parent);
  const key = nameWords(query).join('');
  const inside = index.regions.filter((region) => region.level === level && isInside(region));
  if (key === '') return cut(inside.sort(byName), limit);
  const ranked = inside.flatMap((region) => {
    const rank = rankOf(index.keysOf.get(region) ?? [], key);
    return rank === null ? [] : [{ region, rank }];
  });
  if (ranked.length > 0) {
    ranked.sort((one, other) => one.rank - other.rank || byName(one.region, other.region));
    return cut(
      ranked.map(({ region }) => region),
      limit,
    );
  }
  const match = findRegion(index, level, query, { isInside, isLenient: true });
  if (match.kind === 'found') return { regions: [match.region], isCut: false };
  return cut(match.kind === 'ambiguous' ? [...match.candidates] : [], limit);
}

function insideOf(
  index: RegionIndex,
  level: RegionLevel,
  parent: string | null,
): (region: Region) => boolean {
  if (parent === null || level === 'province') return () => true;
  if (level !== 'city') return (region) => region.parent === parent;
  const province = index.byCode.get(codeKey('province', parent));
  return (region) => province !== undefined && provinceOf(index, region) === province;
}

/** Returns 0 for a name that starts with the query, 1 for one that contains it, null for no match. */
function rankOf(keys: readonly string[], key: string): number | null {
  if (keys.some((one) => one.startsWith(key))) return 0;
  return keys.some((one) => one.includes(key)) ? 1 : null;
}

function byName(one: Region, other: Region): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}

function cut(regions: Region[], limit: number): { regions: Region[]; isCut: boolean } {
  return { regions: regions.slice(0, limit), isCut: regions.length > limit };
}
