/** One spelling for what people type on phones, for texts and lists of words alike. */
import { foldDigits } from '#app/lib/digits.ts';

/** Soft hyphen, zero-width and bidirectional signs, tatweel, vowel signs of Arabic script. */
const UNSEEN = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u0640\u064B-\u065F\u0670]/g;
/** Letters that keyboards of Arabic and Persian write differently. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['\u064A', '\u06CC'],
  ['\u0649', '\u06CC'],
  ['\u0643', '\u06A9'],
  ['\u0629', '\u0647'],
  ['\u06C0', '\u0647'],
  ['\u0623', '\u0627'],
  ['\u0625', '\u0627'],
  ['\u0622', '\u0627'],
]);
const FOREIGN_LETTER = /[\u064A\u0649\u0643\u0629\u06C0\u0623\u0625\u0622]/g;
/** "1.000", "1,000", "1٬000": a mark before exactly three digits. */
const THOUSANDS = /(?<=\d)[.,\u066C](?=\d{3}(?!\d))/g;
const STOP_SIGN = '🛑';
const BETWEEN_WORDS = new RegExp(`[^\\p{L}\\p{M}\\p{Nd}${STOP_SIGN}]+`, 'gu');
/** Single letters in a row: "s t o p" was "S.T.O.P". */
const SPELLED_OUT = /(?<!\S)\p{L}(?: \p{L}(?!\S))+/gu;

/** Returns the words of a text with single blanks between them: lower case, digits 0-9, without signs. */
export function normaliseText(text: string): string {
  return foldDigits(text)
    .toLowerCase()
    .replace(UNSEEN, '')
    .replace(FOREIGN_LETTER, (letter) => LETTERS.get(letter) ?? letter)
    .replace(THOUSANDS, '')
    .replace(BETWEEN_WORDS, ' ')
    .trim()
    .replace(SPELLED_OUT, (letters) => letters.replaceAll(' ', ''));
}
