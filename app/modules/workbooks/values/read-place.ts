/** Countries, provinces, cities, districts and villages: read together, since each settles the others. */
import { LRUCache } from 'lru-cache';
import { matchAddress } from '#app/modules/regions/rules/match-region.ts';
import { findRegion, NO_MATCH, type RegionMatch } from '#app/modules/regions/rules/find-region.ts';
import { REGION_LEVELS, type RegionIndex, type RegionLevel } from '#app/modules/regions/rules/regions.ts';
import { foldWord } from '../rules/fold-text.ts';
import type { RowProblemCode } from '../rules/import-fields.ts';

/** Texts of the row; null where the row says nothing. */
export interface WrittenPlace {
  province: string | null;
  city: string | null;
  district: string | null;
  village: string | null;
  postalCode: string | null;
}

export interface PlaceRead {
  /** Codes of what was found. */
  codes: Partial<Record<RegionLevel, string>>;
  problems: { level: RegionLevel; code: RowProblemCode }[];
  /** Names that were written almost right. */
  suggestions: { level: RegionLevel; suggests: string }[];
}

/** A shop's customers live in few places, and a typo is looked for in all of a country. */
const PLACES_MAX = 20_000;
const places = new LRUCache<string, PlaceRead>({ max: PLACES_MAX });

/** Reads the place that a row names within a country's regions. */
export function readPlace(index: RegionIndex, written: WrittenPlace): PlaceRead {
  const key = JSON.stringify([index.country, written]);
  const known = places.get(key);
  if (known) return known;
  const read = match(index, written);
  places.set(key, read);
  return read;
}

function match(index: RegionIndex, written: WrittenPlace): PlaceRead {
  const around = matchAddress(index, { provinceCode: null, cityCode: null, districtCode: null, ...written });
  const matched = { ...around, village: findVillage(index, around.district, written.village) };
  const read: PlaceRead = { codes: {}, problems: [], suggestions: [] };
  for (const level of REGION_LEVELS) {
    const found: RegionMatch = matched[level];
    const text = written[level];
    if (found.kind === 'found') {
      read.codes[level] = found.region.code;
      if (found.how === 'near' && text !== null)
        read.suggestions.push({ level, suggests: nameLike(text, found.region) });
    } else if (text !== null)
      read.problems.push({
        level,
        code: found.kind === 'ambiguous' ? 'region_ambiguous' : 'region_unknown',
      });
  }
  return read;
}

/** Names of villages repeat all over a country: only those of the district count. */
function findVillage(index: RegionIndex, district: RegionMatch, text: string | null): RegionMatch {
  const villages = district.kind === 'found' ? index.villagesIn(district.region.code) : null;
  if (villages === null || text === null) return NO_MATCH;
  return findRegion(villages, 'village', text, { isInside: () => true, isLenient: true });
}

/** In the script of what was written. */
function nameLike(text: string, { name, localName }: { name: string; localName: string | null }): string {
  return localName !== null && !/\p{Script=Latin}/u.test(text) ? localName : name;
}

const LOCALES = ['en', 'id', 'th', 'fa'];
const CODE = /^[A-Za-z]{2}$/;
let codesByName: Map<string, string> | undefined;

/** Returns the two letters of a country, of its code or its name in one of the app's languages; null for none. */
export function readCountry(text: string, known: readonly string[]): string | null {
  const code = text.toUpperCase();
  if (CODE.test(text)) return known.includes(code) ? code : null;
  codesByName ??= new Map(
    LOCALES.flatMap((locale) => {
      const names = new Intl.DisplayNames([locale], { type: 'region' });
      return known.map((each): [string, string] => [foldWord(names.of(each) ?? each), each]);
    }),
  );
  return codesByName.get(foldWord(text)) ?? null;
}
