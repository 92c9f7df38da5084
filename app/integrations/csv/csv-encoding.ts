/** In which encoding a text file is written. Detectors from npm take Thai and Persian files for ones of Western Europe. */

export const CSV_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-874',
  'windows-1256',
  'windows-1252',
] as const;
export type CsvEncoding = (typeof CSV_ENCODINGS)[number];

const ARABIC_SCRIPT = new Set(
  'AE AF BH DJ DZ EG EH IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SY TD TN YE'.split(' '),
);
/** What the country's habit counts for, against shares of letters that are 1 at most. */
const HABIT = 0.1;

/** Returns the encoding that a byte order mark names. */
export function encodingOfMark(start: Uint8Array): CsvEncoding | null {
  const [first, second, third] = start;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** Returns UTF-16 for a sample in which two of three bytes at even or at odd places are zero. */
export function encodingOfZeros(sample: Uint8Array): CsvEncoding | null {
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const enough = (sample.length / 2) * (2 / 3);
  if ((zeros[1] ?? 0) > enough) return 'utf-16le';
  return (zeros[0] ?? 0) > enough ? 'utf-16be' : null;
}

/** Returns the likeliest encoding of lines that are not UTF-8, in a shop of this country (two letters or null). */
export function encodingOfLetters(sample: Uint8Array, country: string | null): CsvEncoding {
  const habit: CsvEncoding =
    country === 'TH' ? 'windows-874' : ARABIC_SCRIPT.has(country ?? '') ? 'windows-1256' : 'windows-1252';
  const scores = [
    { encoding: 'windows-874' as const, score: thaiScore(decode(sample, 'windows-874')) },
    { encoding: 'windows-1256' as const, score: arabicScore(decode(sample, 'windows-1256')) },
    { encoding: 'windows-1252' as const, score: westernScore(decode(sample, 'windows-1252')) },
  ].map(({ encoding, score }) => ({ encoding, score: score + (encoding === habit ? HABIT : 0) }));
  return scores.reduce((best, each) => (each.score > best.score ? each : best)).encoding;
}

function decode(sample: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(sample);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** The share of `good` characters among those beyond ASCII, less the share of `bad` ones. */
function share(text: string, good: number, bad: number): number {
  const beyond = count(text, /[\u0080-\uffff]/g);
  return beyond === 0 ? 0 : (good - bad) / beyond;
}

/** Vowel signs and tone marks need a consonant before them. */
const THAI_MARK_ALONE =
  /(?<![\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/g;

function thaiScore(text: string): number {
  return share(text, count(text, /[\u0e00-\u0e7f]/g), count(text, THAI_MARK_ALONE));
}

function arabicScore(text: string): number {
  return share(text, count(text, /[\u0600-\u06ff]/g), count(text, /[\u00c0-\u024f]/g));
}

/** Accented letters stand among letters without accent. */
const ACCENTED = /(?<=[a-z])[\u00c0-\u00ff]|[\u00c0-\u00ff](?=[a-z])/gi;

function westernScore(text: string): number {
  return share(text, count(text, ACCENTED), 0);
}
