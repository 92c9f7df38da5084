import { foldDigits } from '#app/lib/digits.ts';
import { likePattern } from '#app/lib/like-pattern.ts';

const QUERY_CHARACTERS_MAX = 100;
const TERMS_MAX = 8;
const PHONE_DIGITS_MIN = 3;
const PHONE_WRITING = /^[+(]?\d[\d\s().\-/]*$/;

/**
 * What a typed search looks for, in lower case; a customer is found when name, e-mail or phone contain every term.
 * A phone number may be written in any way: "0812-3456", "+62 (0)812 3456", "٠٨١٢٣٤٥٦" all look for "8123456", which
 * is part of the stored "+628123456".
 */
export function searchTerms(query: string): string[] {
  const text = foldDigits(query.slice(0, QUERY_CHARACTERS_MAX)).toLowerCase().trim();
  const phone = phoneDigits(text);
  if (phone !== null) return [phone];
  const words = text.split(/\s+/).filter((word) => word !== '');
  return words.slice(0, TERMS_MAX).map((word) => phoneDigits(word) ?? word);
}

/** The digits of what looks like a phone number, without the zeros that countries put before it; null for other text. */
function phoneDigits(text: string): string | null {
  if (!PHONE_WRITING.test(text)) return null;
  const digits = text.replace(/\(0\)/g, '').replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= PHONE_DIGITS_MIN ? digits : null;
}

/** An index of three letters at a time cannot look for fewer within a word. */
const LETTERS_WITHIN_MIN = 3;

/** Returns, for a term of one or two letters, patterns of texts with a word that starts with it; null for other terms. */
export function startPatterns(term: string): [first: string, later: string] | null {
  if ([...term].length >= LETTERS_WITHIN_MIN || !/^[\p{L}\p{N}]/u.test(term)) return null;
  const start = likePattern(term).slice(1);
  return [start, `% ${start}`];
}
