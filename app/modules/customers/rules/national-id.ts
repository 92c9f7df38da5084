/** How a national ID is written and shown. */
import { foldDigits } from '#app/lib/digits.ts';

const CHARACTERS_MIN = 5;
const CHARACTERS_MAX = 32;
const SHOWN_CHARACTERS = 4;
const SEPARATORS = /[\s.\-/]/g;

/** The ID without separators, in upper case and with 0-9 as digits; null for a text that is no ID. */
export function normaliseNationalId(text: string): string | null {
  const id = foldDigits(text).replace(SEPARATORS, '').toUpperCase();
  const fits = id.length >= CHARACTERS_MIN && id.length <= CHARACTERS_MAX;
  return fits && /^[0-9A-Z]+$/.test(id) && /\d/.test(id) ? id : null;
}

/** The ID as screens show it: its last four characters; of a short one two. */
export function maskNationalId(id: string): string {
  const shown = Math.min(SHOWN_CHARACTERS, Math.floor(id.length / 3));
  return `${'•'.repeat(id.length - shown)}${id.slice(id.length - shown)}`;
}
