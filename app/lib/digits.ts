/** The zeros of other decimal digits that people type: Arabic-Indic, Persian, Devanagari, Thai. */
const FOREIGN_ZEROS = [0x0660, 0x06f0, 0x0966, 0x0e50];
/** Most texts: nothing to fold in them. */
const PLAIN = /^[\x20-\x7e]*$/;
const FOREIGN_DIGIT = /[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u0E50-\u0E59]/g;

/** Returns the text with every decimal digit as 0-9 (and full-width letters as ordinary ones). */
export function foldDigits(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.normalize('NFKC').replace(FOREIGN_DIGIT, (digit) => {
    const point = digit.charCodeAt(0);
    const zero = FOREIGN_ZEROS.find((candidate) => point >= candidate && point < candidate + 10) ?? point;
    return String(point - zero);
  });
}
