import { editDistance } from './edit-distance.ts';
import { kindOf, looseKey, nameWords, readingsOf, type Reading } from './region-names.ts';
import type { Region, RegionIndex, RegionLevel } from './regions.ts';

/**
 * What one text names. `exact`: a known spelling; `sound`: another spelling of the same sound; `near`: a typo;
 * `implied`: derived from another field. An ambiguous text is reported as such: the caller decides, nothing is
 * guessed.
 */
export type RegionMatch =
  | { kind: 'none' }
  | { kind: 'found'; region: Region; how: 'exact' | 'sound' | 'near' | 'implied' }
  | { kind: 'ambiguous'; candidates: readonly Region[] };

export const NO_MATCH: RegionMatch = { kind: 'none' };

/** Shorter names are too similar to each other to correct typos in them. */
const NEAR_LENGTH_MIN = 5;
/** From this length on, two typos are allowed. */
const NEAR_TWO_LENGTH_MIN = 10;
/** Comparing a text with more names costs more than it finds. */
const NEAR_REGIONS_MAX = 2_000;

export interface FindOptions {
  /** Only regions it returns true for are considered. */
  isInside: (region: Region) => boolean;
  /** Whether other spellings and typos count; if false, only known spellings do. */
  isLenient: boolean;
}

/** Finds the region of one level that a text names; `none` for an empty text. */
export function findRegion(
  index: RegionIndex,
  level: RegionLevel,
  text: string,
  { isInside, isLenient }: FindOptions,
): RegionMatch {
  const readings = readingsOf(index.country, text);
  for (const reading of readings) {
    const match = choose(index, pick(index.byKey, level, reading.key, isInside), reading, 'exact');
    if (match.kind !== 'none') return match;
  }
  if (!isLenient) return NO_MATCH;
  for (const reading of readings) {
    const key = looseKey(index.country, reading.key);
    const match = choose(index, pick(index.byLooseKey, level, key, isInside), reading, 'sound');
    if (match.kind !== 'none') return match;
  }
  return findNear(index, level, readings, isInside);
}

function pick(
  map: RegionIndex['byKey'],
  level: RegionLevel,
  key: string,
  isInside: (region: Region) => boolean,
): readonly Region[] {
  return (map.get(`${level}:${key}`) ?? []).filter(isInside);
}

function choose(
  index: RegionIndex,
  regions: readonly Region[],
  { key, kind }: Reading,
  how: 'exact' | 'sound' | 'near',
): RegionMatch {
  const ofKind = kind === null ? [] : regions.filter(({ name }) => kindOf(index.country, name) === kind);
  const fitting = ofKind.length > 0 ? ofKind : regions;
  const literal = how === 'exact' ? fitting.filter((region) => isCalled(region, key)) : [];
  const candidates = literal.length > 0 ? literal : fitting;
  const [first, ...others] = candidates;
  if (first === undefined) return NO_MATCH;
  return others.length === 0 ? { kind: 'found', region: first, how } : { kind: 'ambiguous', candidates };
}

/** Whether the key is the whole name, not the name without its "City of". */
function isCalled({ name, localName }: Region, key: string): boolean {
  return [name, localName ?? ''].some((one) => nameWords(one).join('') === key);
}

/** Returns the region one typo away, if exactly one is as near as a typo may be. */
function findNear(
  index: RegionIndex,
  level: RegionLevel,
  readings: readonly Reading[],
  isInside: (region: Region) => boolean,
): RegionMatch {
  const regions = index.regions.filter((region) => region.level === level && isInside(region));
  if (regions.length > NEAR_REGIONS_MAX) return NO_MATCH;
  for (const reading of readings) {
    const { length } = reading.key;
    if (length < NEAR_LENGTH_MIN) continue;
    const limit = length < NEAR_TWO_LENGTH_MIN ? 1 : 2;
    const near = regions.filter((region) =>
      (index.keysOf.get(region) ?? []).some((key) => editDistance(reading.key, key, limit) <= limit),
    );
    const match = choose(index, near, reading, 'near');
    if (match.kind === 'found') return match;
  }
  return NO_MATCH;
}
