/** A country's regions as lists that depend on each other, and as sheets to read and copy from. Pure. */
import { codeKey, regionAround, type Region, type RegionIndex } from '#app/modules/regions/rules/regions.ts';

/** Rows of the hidden lists, sorted so that the regions of one parent are beside each other. */
export interface RegionLists {
  provinces: string[];
  /** Of each city its province. */
  cities: { parent: string; name: string }[];
  /** Of each district its province and city, joined by `PATH_MARK`: some cities of a country have the same name. */
  districts: { parent: string; name: string }[];
}

export const PATH_MARK = ' / ';

/** What of a province there is to copy. */
export interface ProvincePage {
  province: string;
  rows: { city: string; district: string | null; postalCodes: string }[];
}

/** In which script the names are written. */
export type NameOf = (region: Region) => string;

const byName = (nameOf: NameOf, locale: string) => {
  const { compare } = new Intl.Collator(locale);
  return (one: Region, other: Region) => compare(nameOf(one), nameOf(other));
};

function childrenByParent({ regions }: RegionIndex): Map<string, Region[]> {
  const children = new Map<string, Region[]>();
  for (const region of regions) {
    if (region.parent === null) continue;
    const level = region.level === 'district' ? 'city' : 'province';
    const key = codeKey(level, region.parent);
    children.set(key, [...(children.get(key) ?? []), region]);
  }
  return children;
}

/** Returns the lists that the cells of a form choose from. */
export function regionLists(index: RegionIndex, nameOf: NameOf, locale: string): RegionLists {
  const compare = byName(nameOf, locale);
  const children = childrenByParent(index);
  const below = (region: Region) =>
    (children.get(codeKey(region.level, region.code)) ?? []).toSorted(compare);
  const provinces = index.regions.filter(({ level }) => level === 'province').toSorted(compare);
  const lists: RegionLists = { provinces: provinces.map(nameOf), cities: [], districts: [] };
  for (const province of provinces) {
    for (const city of below(province)) {
      const parent = nameOf(province);
      lists.cities.push({ parent, name: nameOf(city) });
      const path = `${parent}${PATH_MARK}${nameOf(city)}`;
      for (const district of below(city)) lists.districts.push({ parent: path, name: nameOf(district) });
    }
  }
  return lists;
}

/** Returns a page for each province, in the writing that an import knows. */
export function provincePages(index: RegionIndex, nameOf: NameOf, locale: string): ProvincePage[] {
  const compare = byName(nameOf, locale);
  const children = childrenByParent(index);
  const below = (region: Region) =>
    (children.get(codeKey(region.level, region.code)) ?? []).toSorted(compare);
  const codes = ({ postalCodes }: Region) => postalCodes.join(', ');
  return index.regions
    .filter(({ level }) => level === 'province')
    .toSorted(compare)
    .map((province) => ({
      province: nameOf(province),
      rows: below(province).flatMap((city): ProvincePage['rows'] => {
        const districts = below(city);
        if (districts.length === 0) return [{ city: nameOf(city), district: null, postalCodes: codes(city) }];
        return districts.map((district) => ({
          city: nameOf(city),
          district: nameOf(district),
          postalCodes: codes(district),
        }));
      }),
    }));
}

/** A place of the country for the example, with everything that its regions have. */
export function examplePlace(index: RegionIndex, nameOf: NameOf): Record<string, string> {
  const deepest = (['district', 'city', 'province'] as const)
    .map((level) => index.regions.find((region) => region.level === level))
    .find((region) => region !== undefined);
  const place: Record<string, string> = {};
  for (let region: Region | null = deepest ?? null; region !== null; region = regionAround(index, region)) {
    place[region.level] = nameOf(region);
    const [code] = region.postalCodes;
    if (code !== undefined) place.postalCode ??= code;
  }
  return place;
}
