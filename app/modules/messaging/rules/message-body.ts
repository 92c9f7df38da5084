import { countParts } from './count-parts.ts';

/** Returns the text as it is counted and sent: composed letters (NFC), one kind of line break. */
export function normalizeBody(text: string): string {
  return text.normalize('NFC').replaceAll(/\r\n?/g, '\n');
}

const FULL_WIDTH = { first: 0xff01, last: 0xff5e, toAscii: 0xfee0 };

/** Characters that keyboards and word processors put in by themselves, with what GSM-7 has for them. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ...pairs("'", '‘’‚‛′´`ʼ'),
  ...pairs('"', '“”„‟″«»'),
  ...pairs('-', '‐‑‒–—―−'),
  ...pairs('...', '…'),
  ...pairs(' ', '\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'),
  ...pairs('*', '•‣◦'),
  ...pairs(' ', '\t'),
  ...fullWidth(),
]);

function pairs(plain: string, smart: string): [string, string][] {
  return [...smart].map((character) => [character, plain]);
}

/** Full-width forms of ASCII (U+FF01 to U+FF5E), small letters too. */
function fullWidth(): [string, string][] {
  return Array.from({ length: FULL_WIDTH.last - FULL_WIDTH.first + 1 }, (_, index) => {
    const code = FULL_WIDTH.first + index;
    return [String.fromCharCode(code), String.fromCharCode(code - FULL_WIDTH.toAscii)];
  });
}

/** A piece of the text: `to` is what it becomes; equal to `from` where nothing changes. */
export interface Replacement {
  from: string;
  to: string;
}

/**
 * Returns how the text reads with plain characters instead of smart ones, piece by piece, so that the difference can be
 * shown; null when nothing is gained: the text is GSM-7 already, or something else in it (Thai, Persian, an emoji) keeps it
 * UCS-2.
 */
export function replaceSmart(text: string): Replacement[] | null {
  if (countParts(text).encoding === 'GSM-7') return null;
  const pieces: Replacement[] = [];
  for (const character of text) {
    const plain = PLAIN.get(character);
    const last = pieces.at(-1);
    if (plain !== undefined) pieces.push({ from: character, to: plain });
    else if (last && last.from === last.to) {
      last.from += character;
      last.to += character;
    } else pieces.push({ from: character, to: character });
  }
  return countParts(pieces.map(({ to }) => to).join('')).encoding === 'GSM-7' ? pieces : null;
}
