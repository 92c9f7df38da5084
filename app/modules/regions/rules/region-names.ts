import type { RegionKind } from './region-kind.ts';
import { regionWords } from './region-words.ts';

/** One reading of a typed text: the key to look up, and the kind of place it names, if any. */
export interface Reading {
  key: string;
  kind: RegionKind | null;
}

/** Longer texts aren't names, and each one costs a comparison. */
const NAME_LENGTH_MAX = 120;
/** A token with several meanings multiplies the readings. */
const READINGS_MAX = 12;

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ي: 'ی',
  ى: 'ی',
  ئ: 'ی',
  ك: 'ک',
  ة: 'ه',
  ۀ: 'ه',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ؤ: 'و',
};

/** Diacritics of Latin and Arabic letters. Thai marks are vowels and are kept. */
const MARKS = /[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g;
const APOSTROPHES = /['’‘ʻʼ`´ʿʾ]/g;

/** Splits a text into words without case, accents or punctuation; a hyphen separates words, an apostrophe doesn't. */
export function nameWords(text: string): string[] {
  return text
    .slice(0, NAME_LENGTH_MAX)
    .toLowerCase()
    .replaceAll(/[أإآٱؤئيىكةۀ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(MARKS, '')
    .replaceAll(/[ßæœøłđðþıيىكة]/g, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(APOSTROPHES, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}

/** Returns the keys of a name as written. */
export function nameKeys(name: string): string[] {
  const key = nameWords(name).join('');
  return key === '' ? [] : [key];
}

/** Returns the key of a name without the words for its kind; `Kota Bandung` is also `bandung`. */
export function coreKeys(country: string, name: string): string[] {
  const { words } = withoutKind(country, nameWords(name));
  return words.length === 0 ? [] : [words.join('')];
}

/** Returns the kind that an official name includes; null when it includes none. */
export function kindOf(country: string, name: string): RegionKind | null {
  return withoutKind(country, nameWords(name)).kind;
}

/** Returns every reading of a text, the most literal first. */
export function readingsOf(country: string, text: string): Reading[] {
  const words = nameWords(text);
  if (words.length === 0) return [];
  const readings: Reading[] = [{ key: words.join(''), kind: null }];
  const stripped = withoutKind(country, words);
  if (stripped.words.length > 0) readings.push({ key: stripped.words.join(''), kind: stripped.kind });
  for (const spelled of spelledOut(country, words)) {
    const bare = withoutKind(country, spelled);
    readings.push({ key: spelled.join(''), kind: null });
    for (const order of [bare.words, directionLast(country, bare.words)]) {
      if (order.length > 0) readings.push({ key: order.join(''), kind: bare.kind });
    }
  }
  const seen = new Set<string>();
  return readings.filter(({ key, kind }) => {
    const mark = `${key}:${kind}`;
    const isNew = key !== '' && !seen.has(mark);
    seen.add(mark);
    return isNew;
  });
}

function withoutKind(
  country: string,
  words: readonly string[],
): { words: string[]; kind: RegionKind | null } {
  const { before, after, glued } = regionWords(country);
  let rest = [...words];
  let kind: RegionKind | null = null;
  while (rest.length > 1 && before.has(rest[0] ?? '')) {
    kind ??= before.get(rest[0] ?? '') ?? null;
    rest = rest.slice(1);
  }
  while (rest.length > 1 && after.has(rest.at(-1) ?? '')) {
    kind ??= after.get(rest.at(-1) ?? '') ?? null;
    rest = rest.slice(0, -1);
  }
  const first = rest[0] ?? '';
  const prefix = glued.find((one) => first.startsWith(one) && first.length > one.length);
  return { words: prefix === undefined ? rest : [first.slice(prefix.length), ...rest.slice(1)], kind };
}

function spelledOut(country: string, words: readonly string[]): string[][] {
  const { short } = regionWords(country);
  let ways: string[][] = [[]];
  for (const word of words) {
    const meanings = short.get(word) ?? [word];
    ways = ways.flatMap((way) => meanings.map((meaning) => [...way, meaning])).slice(0, READINGS_MAX);
  }
  return ways;
}

/** "South Jakarta" is Jakarta Selatan: the direction, already spelled out, moves to the end. */
function directionLast(country: string, words: readonly string[]): string[] {
  const { directions } = regionWords(country);
  const [first, ...rest] = words;
  return first !== undefined && rest.length > 0 && directions.has(first) ? [...rest, first] : [];
}

/** Normalises spellings of the same sound: Soerabaja, Surabaya; Isfahan, Esfahan; Sathorn, Sathon. */
export function looseKey(country: string, key: string): string {
  if (!/^[a-z0-9]+$/.test(key)) return key;
  const { sounds } = regionWords(country);
  const alike = sounds.reduce((text, [pattern, sound]) => text.replaceAll(pattern, sound), key);
  return alike.replaceAll(/([a-z])\1+/g, '$1');
}
