/** Texts made comparable: headings, and words that stand for a choice. */

/** Zero-width space, marks of direction and of byte order, soft hyphen, control characters; not the joiners, which belong to letters. */
const INVISIBLE =
  /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Vowel signs of Arabic and the stretching line. */
const ARABIC_MARKS = /[\u064b-\u065f\u0670\u0640]/g;
const JOINERS = /[\u200c\u200d]/g;
const IN_BRACKETS = /\([^)]*\)|\[[^\]]*\]|（[^）]*）/g;
const NO_WORD = /[^\p{L}\p{M}\p{N}]+/gu;

/** Removes what cannot be seen, but changes the text. */
export function withoutInvisible(text: string): string {
  return text.replaceAll(INVISIBLE, '');
}

/** Columns of choices repeat a few words. */
const FOLDED_MAX = 10_000;
const folded = new Map<string, string>();

/** Returns what two writings of a word have in common: no case, space, punctuation, brackets; Persian letters for Arabic ones. */
export function foldWord(text: string): string {
  const known = folded.get(text);
  if (known !== undefined) return known;
  const word = fold(text);
  if (folded.size < FOLDED_MAX) folded.set(text, word);
  return word;
}

function fold(text: string): string {
  return withoutInvisible(text.normalize('NFKC').replaceAll(IN_BRACKETS, ' '))
    .replaceAll(JOINERS, '')
    .replaceAll(/[يى]/g, 'ی')
    .replaceAll('ك', 'ک')
    .replaceAll('ة', 'ه')
    .replaceAll(ARABIC_MARKS, '')
    .toLowerCase()
    .replaceAll(NO_WORD, '');
}
