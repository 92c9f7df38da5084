/** Texts in CSV files that spreadsheets would evaluate: how they are written, and read back. */

/**
 * Where a spreadsheet would begin to evaluate a text instead of showing it: at its start, and after what splits cells
 * where the separator is not the comma (`;` in Indonesia and most of Europe, tab) or at a line break, whose quotes it
 * then does not see. The signs are also those of full width. Signed numbers (and phones) are harmless.
 */
const PART_START = String.raw`(?<=(?:^|[;\t\r\n])["\s]*)`;
const SIGN = String.raw`[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]`;
/** An apostrophe that the text has already counts as text, so that `withoutGuards` finds the one that was added. */
const FORMULA_START = new RegExp(`${PART_START}(?='*${SIGN})`, 'g');
const GUARD = new RegExp(`${PART_START}'(?='*${SIGN})`, 'g');
const SIGNED_NUMBER = /^[+-]\d+$/;

/** Puts an apostrophe before what a spreadsheet would take for a formula. */
export function guardFormulas(text: string): string {
  return SIGNED_NUMBER.test(text) ? text : text.replace(FORMULA_START, "'");
}

/** Returns the text that `guardFormulas` was given. */
export function withoutGuards(text: string): string {
  return text.includes("'") ? text.replace(GUARD, '') : text;
}
