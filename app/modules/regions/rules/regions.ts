import { coreKeys, looseKey, nameKeys } from './region-names.ts';
import { ALIASES } from './region-aliases.ts';

export const REGION_LEVELS = ['province', 'city', 'district', 'village'] as const;
/**
 * City: regency or city in Indonesia, amphoe or khet in Thailand. District: kecamatan, tambon or khwaeng. Village:
 * kelurahan or desa.
 */
export type RegionLevel = (typeof REGION_LEVELS)[number];

export interface Region {
  level: RegionLevel;
  /** A province has Shopify's code, a region below it the country's own. */
  code: string;
  /** The code of the enclosing region; null for a province. */
  parent: string | null;
  /** In Latin letters, unless no Latin spelling is known. */
  name: string;
  /** In the country's own script; null when that is Latin. */
  localName: string | null;
  otherNames: readonly string[];
  /** The postal codes inside it, where known. */
  postalCodes: readonly string[];
}

/** The regions of one country, by code and by every key their names can be written with. */
export interface RegionIndex {
  country: string;
  /** Whether Shopify's addresses accept the province codes. */
  hasZones: boolean;
  regions: readonly Region[];
  byCode: ReadonlyMap<string, Region>;
  byKey: ReadonlyMap<string, readonly Region[]>;
  byLooseKey: ReadonlyMap<string, readonly Region[]>;
  /** Each region with its keys, for the fuzzy search. */
  keysOf: ReadonlyMap<Region, readonly string[]>;
  /** The villages of a district as an index of their own, read when they are asked for; null where none are known. */
  villagesIn: (districtCode: string) => RegionIndex | null;
}

const LEVEL_OF: Readonly<Record<string, RegionLevel>> = { P: 'province', C: 'city', D: 'district' };

/** Parses the lines of a file of `data/` (written by scripts/renew-regions.ts); unknown lines are skipped. */
export function parseRegions(text: string): { hasZones: boolean; regions: Region[] } {
  const [head = '', ...lines] = text.split('\n');
  const regions = lines.flatMap((line) => {
    const [mark = '', code = '', parent = '', name = '', local = '', others = '', postal = ''] =
      line.split('\t');
    const level = LEVEL_OF[mark];
    if (level === undefined || code === '') return [];
    return [
      {
        level,
        code,
        parent: parent === '' ? null : parent,
        name,
        localName: local === '' || local === name ? null : local,
        otherNames: others === '' ? [] : others.split('|'),
        postalCodes: postal === '' ? [] : postal.split(','),
      },
    ];
  });
  return { hasZones: head.endsWith('\tzones'), regions };
}

const VILLAGE_CELL = /^(\S+) (.+)$/;

/**
 * Parses a line of a province's villages: the district's code, then of each village the end of its code and its name.
 */
export function parseVillages(line: string): Region[] {
  const [district = '', ...cells] = line.split('\t');
  return cells.flatMap((cell) => {
    const [, end, name] = VILLAGE_CELL.exec(cell) ?? [];
    if (end === undefined || name === undefined) return [];
    const own = { code: `${district}.${end}`, parent: district, name };
    return [{ ...own, level: 'village' as const, localName: null, otherNames: [], postalCodes: [] }];
  });
}

/** Builds the index that `matchAddress` and the pickers use. `country`: ISO 3166-1 alpha-2. */
export function indexRegions(
  country: string,
  hasZones: boolean,
  regions: readonly Region[],
  villagesIn: RegionIndex['villagesIn'] = () => null,
): RegionIndex {
  const byCode = new Map(regions.map((region) => [codeKey(region.level, region.code), region]));
  const byKey = new Map<string, Region[]>();
  const byLooseKey = new Map<string, Region[]>();
  const keysOf = new Map<Region, readonly string[]>();
  const aliases = ALIASES[country];
  for (const region of regions) {
    const names = [
      region.name,
      ...(region.localName === null ? [] : [region.localName]),
      ...region.otherNames,
    ];
    const own = names.flatMap((name) => [...nameKeys(name), ...coreKeys(country, name)]);
    const { level, code } = region;
    const given = level === 'province' || level === 'city' ? (aliases?.[level]?.[code] ?? []) : [];
    const capital = country === 'TH' && region.level === 'city' ? thaiCapital(region) : [];
    const spoken = [...given, ...capital].flatMap((name) => nameKeys(name));
    const keys = [...new Set([...own, ...spoken])].filter((key) => key !== '');
    keysOf.set(region, [...new Set(own)]);
    for (const key of keys) put(byKey, `${region.level}:${key}`, region);
    for (const key of new Set(keys.map((one) => looseKey(country, one)))) {
      if (key !== '') put(byLooseKey, `${region.level}:${key}`, region);
    }
  }
  return { country, hasZones, regions, byCode, byKey, byLooseKey, keysOf, villagesIn };
}

/** The district around a province's capital just has the generic name เมือง, Mueang. */
function thaiCapital({ code, name }: Region): string[] {
  return code.endsWith('01') && name.startsWith('Mueang ')
    ? ['Mueang', 'เมือง', 'Amphoe Mueang', 'อำเภอเมือง']
    : [];
}

function put(map: Map<string, Region[]>, key: string, region: Region): void {
  const list = map.get(key);
  if (list) list.push(region);
  else map.set(key, [region]);
}

/** Codes of two levels can be the same text. */
export function codeKey(level: RegionLevel, code: string): string {
  return `${level}:${code}`;
}

const LEVEL_AROUND = {
  province: 'province',
  city: 'province',
  district: 'city',
  village: 'district',
} as const;

/** Returns the enclosing region; null for a province. */
export function regionAround(index: RegionIndex, region: Region): Region | null {
  if (region.parent === null) return null;
  return index.byCode.get(codeKey(LEVEL_AROUND[region.level], region.parent)) ?? null;
}

/** Returns the province of a region; a province is its own. */
export function provinceOf(index: RegionIndex, region: Region): Region | null {
  if (region.level === 'province') return region;
  const around = regionAround(index, region);
  return around === null ? null : provinceOf(index, around);
}
